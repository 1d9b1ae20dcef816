"""Words to the admins when another program takes this bot's messages."""

TAKEN = (
    "⚠️ 另有一个程序也在用这个机器人的 token 收消息，有的消息会到那边去，这边收不到、也不会回。\n"
    "请管服务器的人把那一个停掉；找不到的话，向 @BotFather 换一个新 token 填进 config.toml，再重启。"
)
