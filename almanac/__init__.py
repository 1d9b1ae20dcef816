"""Chinese calendar: birthdays, festivals, solar terms, working days, greetings. Pure."""
