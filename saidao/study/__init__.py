"""From a case to a plan: settings, weighing, the programme, the problem, the plan, and the sentences that tell it."""
