"""Kinds of houses that are no name: any other of its kind is another house than 红星小学 or 光明花店."""

from nlp import lazy

KIND = lazy.regex(  # at the end of a name: 红星小学, 胖子烧烤
    "(?:[中小大]学|食堂|烧烤|烤肉|小吃|早餐|[汽维]修|修理|美发|理发|养生|足疗|棋牌|食府|排档|农家乐|小区"
    "|[园院校场吧坊铺城站所楼轩阁厦店馆])$"
)
ONLY_KIND = lazy.regex(  # what is left of 光明花店 behind the district
    "(?:[花书茶鞋酒]|水果|便利|奶茶|火锅|早餐|理发|美发|服装|文具|蛋糕|面包|烟酒|眼镜|手机|宠物)店"
    "|[网酒]吧|[面菜饭餐]馆|茶楼|会所|驾校|[中小大]学|食堂|烧烤|汽修|乳业"
)
