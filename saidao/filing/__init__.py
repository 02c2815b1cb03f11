"""The forms of a Chinese budget office: targets when money is asked for, monitoring, self-assessment after the year."""
