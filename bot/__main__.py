"""`python -m bot`: the commands are in bot.command_line.

Nothing is imported here, for every worker process begins by importing this file.
"""

import gc

if __name__ == "__main__":
    gc.disable()  # what is imported stays: looking through it again and again costs a sixth of the start
    from bot import command_line

    raise SystemExit(command_line.main())
