"""What is said while a file is imported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from crm.imports import columns
from crm.imports.files import ColumnsMissing, ImportOver
from crm.imports.rows import Bad
from crm.imports.sheets import MOST_COLUMNS, MOST_ROWS, FileRefused
from crm.tables import Import
from handlers import buttons
from handlers.say import Button, Rows, Say, esc
from handlers.texts import import_notes

FIELD_NAMES = {
    "name": "姓名",
    "customer": "客户",
    "phone": "电话",
    "company": "公司",
    "title": "职位",
    "birthday": "生日",
    "lunar_birthday": "农历生日",
    "source": "来源",
    "region": "地区",
    "industry": "行业",
    "wechat": "微信",
    "email": "邮箱",
    "owner": "负责人",
    "note": "备注",
    "date": "日期",
    "amount": "金额",
    "quantity": "数量",
    "price": "单价",
    "cost": "成本",
    "product": "产品",
    "status": "状态",
    "number": "单号",
}
KIND_NAMES = {"customers": "客户", "orders": "订单"}
LEFT_OUT = "不导入"
COLUMNS_SHOWN, FIELDS_SHOWN = 4, 5
HOW_TO = "请把 .xlsx、.xls 或 .csv 文件直接发给我（20 MB 以内），我先给您看一遍再导入。"
WITHHELD = "这个文件 Telegram 没能给我，请过一会儿再发一次。"
TOO_LARGE = "文件超过 20 MB，Telegram 不让我下载。请拆成几份，或删掉图片和多余的表再发。"
REFUSED = {
    "kind": "这个文件我读不了。导入请发 .xlsx、.xls 或 .csv 表格。",
    "empty": "这个文件里没有数据。请检查第一张表是否有表头和内容，再发一次。",
    "password": "这个文件有密码，我打不开。请在 Excel 里去掉密码后另存，再发一次。",
    "broken": "这个文件坏了，打不开，可能没传完整。请在 Excel 里另存为 .xlsx 再发一次。",
    "too_large": "这个文件解开后超过 200 MB，我不敢打开。请只留下要导入的那张表，另存为 .xlsx 再发。",
    "too_many_columns": f"列太多了（超过 {MOST_COLUMNS} 列）。请只留下要导入的列，比如姓名、电话、公司，再发一次。",
    "two_tables": "这张表里像是有两个表格。请把它们分到两个文件里，一个一个发给我。",
    "too_many_rows": f"一次最多导入 {MOST_ROWS:,} 行，请拆成几份再发。",
}
REASONS = {
    "": "看不懂",
    "no_name": "没有姓名",
    "total": "合计或落款，不是一条记录",
    "header": "又一行表头，不是一条记录",
    "formula": "这格是公式，没有结果",
    "no_customer": "没有客户",
    "phone": "电话看不懂",
    "rounded_phone": "电话的后几位在 Excel 里丢了，请把该列改成文本",
    "date": "日期看不懂",
    "future": "日期在今天之后",
    "amount": "金额不是数字",
    "foreign": "金额是外币，请换算成人民币",
    "void": "已取消或作废，没有算",
    "part": "部分退款，请把金额改成实收",
    "colleague": "这个号码已有同事在跟进",
    "ambiguous": "同名客户不止一位，请加电话列",
}
OVER = {
    "done": "这个文件已经导入过了，没有重复导入。",
    "undone": "这次导入已经撤销了。要再导入请重新发文件。",
    "cancelled": "这次导入已取消。要导入请重新发文件。",
    "writing": "这个文件正在导入，写完会告诉您。",
    "finishing": "这个文件正在导入，写完会告诉您。",
    "undoing": "这次导入正在撤销，马上就好。",
    "discarding": "这次导入已停止。要导入请重新发文件。",
    "mapping": "列改过了，请先点「检查」。",
    "checked": "这次还没有导入，没有可撤销的。",
}


def refused(error: FileRefused) -> Say:
    """The file cannot be read."""
    return Say(REFUSED.get(error.reason, REFUSED["broken"]))


def too_late_to_undo() -> Say:
    """More than a week has gone by."""
    return Say("导入超过 7 天，不能整批撤销了，没有改动。个别客户或订单可以发名字打开，逐个修改或撤销。")


def over(error: ImportOver) -> Say:
    """The button comes too late, or too early."""
    return Say(OVER.get(error.state, OVER["cancelled"]))


def not_found() -> Say:
    """Somebody else's import."""
    return Say("找不到这次导入，可能是别人发的文件。请把文件发给我再来一次。")


def expired() -> Say:
    """The bytes are gone."""
    return Say("文件只保留 24 小时，请重新发一次。")


def columns_missing(error: ColumnsMissing) -> Say:
    """A field without which nothing works."""
    names = "、".join(FIELD_NAMES.get(field, "") for field in error.fields)
    return Say(f"还缺「{names}」列，请点一下对应的列，告诉我它是什么。")


def card(row: Import, page: int = 0, before: Import | None = None, zone: ZoneInfo | None = None) -> Say:
    """The columns with what they are taken for and the first rows."""
    mapping: Mapping[str, Any] = row.mapping
    lines = [f"📄 <b>{esc(mapping['name'])}</b>：{mapping['rows']:,} 行，按「{KIND_NAMES[row.kind]}」导入"]
    if before is not None and before.done_at is not None and zone is not None:
        on = before.done_at.astimezone(zone)
        lines.append(f"⚠️ 同一个文件 {on.month}月{on.day}日 {on:%H:%M} 导入过，重复的行不会再加。")
    if not mapping.get("has_header", True):
        lines.append("没看到表头，我按内容猜了每一列，请核对。")
    pages = mapping.get("pages") or []
    if len(pages) > 1:
        lines.append(f"文件里有 {len(pages)} 张表，这是「{esc(mapping['page'][:20])}」。")
    lines += [_column(mapping, at) for at in range(min(len(mapping["header"]), 20))]
    lines += import_notes.of_columns(row)
    lacking = columns.missing(mapping["columns"], row.kind)
    if lacking:
        names = "、".join(FIELD_NAMES[field] for field in lacking)
        lines.append(f"❗还缺「{names}」：点一下对应的列来指定。")
    else:
        lines.append("列对吗？不对就点那一列改；对了点「检查」，检查不会写入。")
    return Say("\n".join(lines), _card_rows(row, page))


def _column(mapping: Mapping[str, Any], at: int) -> str:
    field = mapping["columns"][at]
    examples = "、".join(esc(line[at][:16]) for line in mapping["sample"] if at < len(line) and line[at])
    taken = f"<b>{FIELD_NAMES[field]}</b>" if field else LEFT_OUT
    return f"{at + 1}. {esc(mapping['header'][at] or '（无列名）')} → {taken}" + (f"（{examples}）" if examples else "")


def _card_rows(row: Import, page: int) -> Rows:
    import_id, mapping = row.import_id, row.mapping
    header, taken = mapping["header"], mapping["columns"]
    shown = 5 if len(header) <= 5 else COLUMNS_SHOWN
    pages = -(-len(header) // shown)
    page = page if 0 <= page < pages else 0
    made = [
        Button(_cut(f"{header[at] or at + 1} → {FIELD_NAMES.get(taken[at], LEFT_OUT)}"), _choose(import_id, at))
        for at in range(page * shown, min(len(header), (page + 1) * shown))
    ]
    other = "orders" if row.kind == "customers" else "customers"
    last = [
        Button(f"其实是{KIND_NAMES[other]}", buttons.ImportKind(import_id, other)),
        Button("取消", buttons.CancelImport(import_id)),
    ]
    if pages > 1:
        last.insert(0, Button("更多列", buttons.ImportColumns(import_id, (page + 1) % pages)))
    sheets = mapping.get("pages") or []
    if len(sheets) > 1:
        following = (sheets.index(mapping["page"]) + 1) % len(sheets)
        last.insert(0, Button("换一张表", buttons.TurnImport(import_id, following)))
    pairs = [tuple(made[i : i + 2]) for i in range(0, len(made), 2)]
    return ((Button("检查", buttons.CheckImport(import_id)),), *pairs, tuple(last))


def _choose(import_id: int, at: int) -> buttons.Press:
    return buttons.ChooseColumn(import_id, at, 0)


def choose_field(row: Import, column: int, page: int) -> Say:
    """What a column holds."""
    fields = columns.FIELDS[row.kind]
    per_page = len(fields) if len(fields) <= 6 else FIELDS_SHOWN
    pages = -(-len(fields) // per_page)
    page = page if 0 <= page < pages else 0
    made = [
        Button(FIELD_NAMES[field], buttons.MapColumn(row.import_id, column, field))
        for field in fields[page * per_page : (page + 1) * per_page]
    ]
    made.append(Button(LEFT_OUT, buttons.MapColumn(row.import_id, column, "")))
    if pages > 1:
        made.append(Button("更多", buttons.ChooseColumn(row.import_id, column, (page + 1) % pages)))
    made.append(Button("返回", buttons.ShowImport(row.import_id)))
    text = f"这一列是什么？\n{_column(row.mapping, column)}"
    return Say(text, tuple(tuple(made[i : i + 3]) for i in range(0, len(made), 3)))


def checked(row: Import) -> Say:
    """The dry run: nothing is written yet."""
    counts, import_id = row.counts, row.import_id
    lines = [f"🔎 <b>{esc(row.mapping['name'])}</b> 检查完了，还没有写入："]
    lines += [*_counted(row.kind, counts), *import_notes.of_check(row)]
    lines += [f"第 {bad['row']} 行：{reason(bad)}" for bad in counts["reasons"]]
    lines += import_notes.more_bad(counts)
    usable = _usable(row)
    rows: list[tuple[Button, ...]] = []
    if usable:
        rows.append((Button(f"导入 {usable:,} 条", buttons.RunImport(import_id)),))
    else:
        lines.append("没有可以新加的行。")
    if counts.get("differ"):
        wins = bool(row.mapping.get("overwrite"))
        lines.append(f"{counts['differ']:,} 位的资料和现有的不同，{'改成文件里的' if wins else '保留现有的'}。")
        label = "保留现有的" if wins else "以文件为准"
        rows.append((Button(label, buttons.OverwriteImport(import_id, not wins)),))
    if counts["bad"]:
        rows.append((Button("有问题的行", buttons.ImportErrors(import_id)),))
    rows.append((Button("改列", buttons.ShowImport(import_id)), Button("取消", buttons.CancelImport(import_id))))
    return Say("\n".join(lines), tuple(rows))


def _usable(row: Import) -> int:
    counts = row.counts
    return int(counts["orders"] if row.kind == "orders" else counts["made"] + counts["filled"])


def _counted(kind: str, counts: Mapping[str, Any]) -> list[str]:
    if kind == "orders":
        first = f"订单 {counts['orders']:,} 条，其中新客户 {counts['made']:,} 位"
    else:
        first = f"新客户 {counts['made']:,} 位，补全资料 {counts['filled']:,} 位"
    void = counts.get("void", 0)
    told = f"，已取消或作废不导入 {void:,} 行" if void else ""
    return [first, f"重复 {counts['duplicates']:,} 行，有问题 {counts['bad'] - void:,} 行{told}"]


def reason(bad: Mapping[str, Any] | Bad) -> str:
    """Why a row is refused, with the cell."""
    code, cell = (bad.reason, bad.cell) if isinstance(bad, Bad) else (bad["reason"], bad["cell"])
    return REASONS.get(code, REASONS[""]) + (f"（{esc(cell)}）" if cell else "")


def begun(row: Import) -> Say:
    """A large import has been begun."""
    return under_way(row, 0, _usable(row))


def under_way(row: Import, done: int, total: int) -> Say:
    """How far it is; nothing of it is to be seen before it is whole."""
    name, percent = esc(row.mapping["name"]), done * 100 // max(total, 1)
    if row.state == "undoing":
        return Say(f"↩️ 正在撤销 <b>{name}</b>：{done:,} / {total:,}（{percent}%）")
    text = f"⏳ 正在写入 <b>{name}</b>：{done:,} / {total:,} 条（{percent}%）\n全部写完才会一起出现，您可以先忙别的。"
    stop = Button("停止", buttons.StopImport(row.import_id))
    return Say(text, ((stop,),) if row.state == "writing" else ())


def stopping(row: Import) -> Say:
    """A large import is being given up."""
    return Say(f"正在停下 <b>{esc(row.mapping['name'])}</b> 的导入，一条都不会留下。")


def given_up(row: Import) -> Say:
    """It did not work three times."""
    return Say(
        f"<b>{esc(row.mapping['name'])}</b> 没能导入，一条都没有写进去。请过一会儿重新发文件；还不行就拆成几份。"
    )


def done(row: Import) -> Say:
    """The rows are written."""
    lines = [f"✅ <b>{esc(row.mapping['name'])}</b> 已导入", *_counted(row.kind, row.counts)]
    lines += import_notes.of_owners(row.counts)
    if row.kind == "orders":
        lines.append("看五类客户：/summary，看可能流失的：/risk")
    return Say("\n".join(lines), ((Button("撤销导入", buttons.UndoImport(row.import_id)),),))


def undone(row: Import, orders: int, made: int) -> Say:
    """What was written is gone again, or will be soon."""
    if row.state == "undoing":
        return Say(f"↩️ 正在撤销 <b>{esc(row.mapping['name'])}</b> 的导入，完成后告诉您。")
    kept = row.counts.get("made", 0) - made
    tail = import_notes.kept(row.counts, kept)
    return Say(f"↩️ <b>{esc(row.mapping['name'])}</b> 的导入已撤销：订单 {orders:,} 条、客户 {made:,} 位{tail}。")


def cancelled(row: Import) -> Say:
    """Nothing was written."""
    return Say(f"好，<b>{esc(row.mapping['name'])}</b> 没有导入。")


def errors(row: Import, content: bytes) -> Say:
    """The refused rows as a file."""
    name = row.mapping["name"].rsplit(".", 1)[0][:40]
    text = "有问题的行和原因。改好后把这个文件发给我就行。"
    return Say(text, document=(f"{name}-有问题的行.csv", content))


def _cut(text: str, longest: int = 24) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
