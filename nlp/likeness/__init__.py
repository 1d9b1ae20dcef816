"""Whether two customer records are one person: names, companies and numbers compared as a careful colleague would."""
