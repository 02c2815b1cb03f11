"""What an amount is worth: prices of budgets and rules on either side, and how far they hold; what funding takes."""
