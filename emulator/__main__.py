"""`python -m emulator --port 8081`: the emulator alone, for trying a bot by hand."""

import argparse
import asyncio
from datetime import datetime

from emulator import server


async def serve(port: int, clock: datetime | None, token: str) -> None:
    """The emulator runs until it is interrupted; its addresses are printed."""
    async with server.running(port, clock, token) as emulator:
        emulator.person("小李", 1001, description="销售")
        emulator.person("小王", 1002, description="销售")
        emulator.person("陈经理", 1003, description="主管")
        print(f"page       {emulator.page_url}", flush=True)
        print(f"base_url   {emulator.base_url}", flush=True)
        print(f"file_url   {emulator.file_url}", flush=True)
        print(f"clock_url  {emulator.clock_url}", flush=True)
        print(f"token      {emulator.token}", flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Reads the command line and serves."""
    parser = argparse.ArgumentParser(prog="python -m emulator", description=__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--clock", type=datetime.fromisoformat, help="stand still at this instant, with its offset")
    parser.add_argument("--token", default=server.TOKEN, help="the token of the bot that talks to people here")
    arguments = parser.parse_args()
    try:
        asyncio.run(serve(arguments.port, arguments.clock, arguments.token))
    except KeyboardInterrupt:
        print("stopped")


if __name__ == "__main__":
    main()
