"""Makes docs/screenshot.png from a running demo, whenever the page or a card changes.

Run: python -m tests.docs.screenshot
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests import browser, models

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURE = ROOT / "docs" / "screenshot.png"
SIZE = (1260, 820)
LARGEST_BYTES = 300_000
LEAD = "王总 13800138000 上海美达 采购经理 农历八月十五生日 展会认识 嫌交期慢 下周三回访"


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """The address of the page of a demo that keeps its files in `folder`."""
    shutil.copytree(models.trained_model(), folder / "var" / "nlp")
    bot = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--port", "0"),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield await _address(bot)
    finally:
        bot.terminate()
        await bot.wait()


async def _address(bot: asyncio.subprocess.Process) -> str:
    async with asyncio.timeout(120):
        while bot.stdout and (line := (await bot.stdout.readline()).decode()):
            if "http://" in line:
                return "http://" + line.split("http://")[1].strip()
    raise RuntimeError("the demo ended before its page was ready")


async def take() -> None:
    """docs/screenshot.png shows a lead typed in one message and the card that came of it."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            demo(Path(folder)) as url,
            browser.running_chromium() as chromium,
            browser.chat_page(chromium, url, 1001, size=SIZE) as chat,
        ):
            await chat.say("/today")
            await chat.sees("📋", 60)
            await chat.say(LEAD)
            await chat.sees("已保存")
            await chat.page.wait_for_timeout(1000)  # pictures and transitions have settled
            Image.open(BytesIO(await chat.page.screenshot())).convert("RGB").save(PICTURE, optimize=True)
    if PICTURE.stat().st_size > LARGEST_BYTES:
        raise RuntimeError(f"{PICTURE.name} is larger than {LARGEST_BYTES:,} bytes")


if __name__ == "__main__":
    asyncio.run(take())
