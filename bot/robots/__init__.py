"""Posts to the group robots of WeCom, DingTalk and Feishu."""
