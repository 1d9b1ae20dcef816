"""The ways in which money is handed over, in words: 现金, 微信, 刷信用卡. One list for all who ask whether it was.

Who takes fewer says why where it is taken.
"""

CASH = "现金|现钱"
APPS = "微信|支付宝|花呗|云闪付"
ANY = f"(?:{CASH}|{APPS}|扫码|刷(?:信用|银行|储蓄)?卡|(?:信用|银行)卡|转账|对公)"
