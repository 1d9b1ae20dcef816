"""getMe, getUpdates and the webhook."""

import orjson

from emulator import parameters
from emulator.call import Call
from emulator.message import Json
from emulator.parameters import Method

MOST_UPDATES = 100


def get_me(call: Call) -> Json:
    """The bot's own User object."""
    return {
        **call.bot.user,
        "can_join_groups": True,
        "can_read_all_group_messages": not call.bot.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(call: Call) -> list[orjson.Fragment]:
    """The updates that wait, at once or as soon as one comes."""
    args = call.args
    if "allowed_updates" in args:
        call.bot.deliveries.allow(args["allowed_updates"])
    limit = args.get("limit", MOST_UPDATES)
    limit = limit if 1 <= limit <= MOST_UPDATES else MOST_UPDATES
    updates = await call.bot.deliveries.poll(args.get("offset", 0), limit, args.get("timeout", 0))
    return [orjson.Fragment(update.body) for update in updates]


def set_webhook(call: Call) -> bool:
    """Updates are pushed to the address; an empty one removes the webhook."""
    args = dict(call.args)
    url = args.pop("url", "")
    if args.pop("drop_pending_updates", False):
        call.bot.deliveries.clear()
    if "allowed_updates" in args:
        call.bot.deliveries.allow(args["allowed_updates"])
    if url:
        call.webhooks.set(call.bot, url, args)
    else:
        call.webhooks.delete(call.bot)
    return True


def delete_webhook(call: Call) -> bool:
    """Updates wait for getUpdates."""
    if call.args.get("drop_pending_updates"):
        call.bot.deliveries.clear()
    call.webhooks.delete(call.bot)
    return True


def get_webhook_info(call: Call) -> Json:
    """The state of the webhook; never its secret."""
    deliveries, options = call.bot.deliveries, call.bot.webhook
    info: Json = {
        "url": deliveries.webhook_url,
        "has_custom_certificate": False,
        "pending_update_count": len(deliveries),
    }
    if deliveries.webhook_url:
        info |= {"ip_address": "127.0.0.1", "max_connections": options.get("max_connections", 40)}
        info |= {key: options[key] for key in ("last_error_date", "last_error_message") if key in options}
    if deliveries.allowed is not None:
        info["allowed_updates"] = sorted(deliveries.allowed)
    return info


_KINDS = parameters.array_of(parameters.string)
METHODS = {
    "getMe": Method(get_me, {}),
    "getUpdates": Method(
        get_updates,
        {
            "offset": parameters.integer,
            "limit": parameters.integer,
            "timeout": parameters.integer,
            "allowed_updates": _KINDS,
        },
        waits=True,
    ),
    "setWebhook": Method(
        set_webhook,
        {
            "url": parameters.string,
            "certificate": parameters.string,
            "ip_address": parameters.string,
            "max_connections": parameters.integer,
            "allowed_updates": _KINDS,
            "drop_pending_updates": parameters.boolean,
            "secret_token": parameters.string,
        },
        ("url",),
        uploads=("certificate",),
        attaches=True,
    ),
    "deleteWebhook": Method(delete_webhook, {"drop_pending_updates": parameters.boolean}),
    "getWebhookInfo": Method(get_webhook_info, {}),
}
