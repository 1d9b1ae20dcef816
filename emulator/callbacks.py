"""Answering the press of an inline button."""

from emulator import parameters
from emulator.bot import CallbackAnswer
from emulator.call import Call
from emulator.parameters import Method
from emulator.refusals import bad_request

ANSWER_LENGTH = 200


def answer_callback_query(call: Call) -> bool:
    """The person who pressed sees the words.

    Raises: Refusal 400 when the press is unknown or too old, or the words are too many.
    """
    args = call.args
    query = call.bot.queries.get(args["callback_query_id"])
    if query is None or query.expired:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    text = args.get("text")
    if text is not None and len(text) > ANSWER_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = CallbackAnswer(text or None, args.get("show_alert", False), args.get("url"))
    if not query.answer.done():
        query.answer.set_result(answer)
        pressed = {"message_id": query.message_id, "user_id": query.user_id}
        words = {"text": answer.text, "show_alert": answer.show_alert}
        call.world.tell(query.chat, "callback_answer", {**pressed, **words})
    return True


METHODS = {
    "answerCallbackQuery": Method(
        answer_callback_query,
        {
            "callback_query_id": parameters.string,
            "text": parameters.string,
            "show_alert": parameters.boolean,
            "url": parameters.string,
            "cache_time": parameters.integer,
        },
        ("callback_query_id",),
    ),
}
