"""Who may do what, declared: each button and each command of the bot with its rule, and what it points to.

A handler, a button or a field of a button that is not here fails tests/access/test_declared.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Whom = Literal["everyone", "manager", "admin"]
Sees = Literal["own", "self", "maker", "team", "nothing"]


@dataclass(frozen=True, slots=True)
class Rule:
    """`whom`: the least role. `sees`: whose records it works on.

    own: of a rep his customers', of managers and admins the team's; self: what was asked of this very member; maker:
    that, and for an admin the team's; team: the team's for everybody; nothing: it points to no record.
    """

    whom: Whom
    sees: Sees


# Field of a button → the kind of record whose id it holds (see records.py). Of a draft the kind is in DRAFT_OF.
RECORDS = {
    "customer_id": "customer",
    "other_id": "customer",
    "into_id": "customer",
    "kept_id": "customer",
    "gone_id": "second",
    "draft_id": "draft",
    "complaint_id": "complaint",
    "cause_id": "complaint_cause",
    "member_id": "member",
    "leaver_id": "member",
    "import_id": "import",
    "task_id": "task",
    "done_id": "task",
    "undone_id": "task",
    "deal_id": "deal",
    "move_id": "deal_move",
    "note_id": "note",
    "need_id": "need",
    "robot_id": "robot",
    "campaign_id": "campaign",
    "transfer_id": "transfer",
    "visit_id": "visit",
    "relation_id": "customer_relation",
    "order_id": "orders",
    "answer_id": "survey_answer",
    "entry_id": "account_entry",
    "pair_id": "twin_pair",
    "merge_id": "customer_merge",
    "target_id": "target",
    "cost_id": "source_cost",
    "team_festival_id": "team_festival",
    "greeting_template_id": "greeting_template",
    "risk_episode_id": "risk_episode",
    "team_word_id": "team_word",
    "model_version_id": "model_version",
    "outbox_id": "outbox",
}
DAY = 739693  # 2026-03-18, as buttons spell a day
NOUGHT = (
    "offset page place reason flips mark column without number choice back"
    " is_other is_paid is_team on_card removes closes defined leads"
)
# Field of a button that holds no record → what is put there, where the button does not say otherwise below.
VALUES: dict[str, int | str] = {
    **dict.fromkeys(NOUGHT.split(), 0),
    "on": DAY,
    "day": DAY,
    "first": DAY - 77,
    "last": DAY,
    "month": 202603,
    "hour": 9,
    "days": 30,
    "score": 9,
    "is_won": 1,
    "takes": 1,
    "wins": 1,
    "holds": 1,
    "has": 1,
    "sure": 1,
    "paused": 1,
    "span": "month",
    "window": "year",
    "code_of": "orders",
    "group": "high_stable",
    "festival": "spring_festival",
    "kind": "",
    "label": "complaint",
    "topic": "price",
    "severity": "serious",
    "level": "basic",
    "outcome": "asked",
    "depth": "friend",
    "by": "fen",
    "what": "",
    "action": "remind",
    "how": "ask",
    "view": "profit",
    "scope": "one",
    "survey": "nps",
    "field": "region",
    "fact": "money",
    "value": "yes",
    "verdict": "contacted",
    "event": "up",
    "zone": "Asia/Shanghai",
    "step": "hour",
    "role": "rep",
    "which": "open",
    "name": "card_hour",
}
# Where the same field means something else.
PECULIAR: dict[str, dict[str, int | str]] = {
    "Gr": {"kind": "friend", "label": ""},
    "Hp": {"topic": "每天"},
    "Ih": {"span": "this_month"},
    "Ii": {"span": "this_month"},
    "Ij": {"span": "this_month"},
    "Re": {"view": "profitability"},
    "eg": {"group": "time"},
    "te": {"event": "upgrade_near"},
    "Nk": {"kind": "both"},
    "Vp": {"choice": "tomorrow"},
    "Vr": {"outcome": "met"},
    "ca": {"what": "note"},
    "fk": {"kind": "channel"},
    "fp": {"kind": "channel", "value": "wechat"},
    "ik": {"kind": "orders"},
    "od": {"what": "送货"},
    "jo": {"choice": "done"},
    "js": {"choice": "hour"},
    "jw": {"choice": "hour"},
    "jx": {"choice": "tomorrow"},
    "wa": {"kind": "rival"},
    "wk": {"kind": "rival"},
}
# Where a field holds the id of another record than elsewhere.
RECORD_OF = {
    ("Gr", "other_id"): "second",
    ("Of", "transfer_id"): "offer",
    ("Ot", "customer_id"): "pooled",
    ("Ov", "transfer_id"): "handover",
    ("mr", "pair_id"): "parted",
    ("vc", "campaign_id"): "begun",
    ("vd", "campaign_id"): "begun",
    ("ve", "campaign_id"): "begun",
    ("vf", "campaign_id"): "begun",
}
DRAFT_OF: dict[str, str] = {
    "Dk": "deal",
    "Dn": "deal",
    "Dx": "lost_deal",
    "Ex": "condition",
    "uf": "condition",
    "sw": "said",
    "jf": "ahead",
    "jm": "note",
    "jz": "task_change",
    "oh": "note",
    "ow": "order_change",
    "nb": "notes_moved",
    **dict.fromkeys(("bc", "bt"), "note"),
    "bx": "entry_change",
    "bp": "plan",
    "bq": "plan",
    "dp": "note",
    "bo": "account",
    "cx": "query",
    "cv": "field_change",
    **dict.fromkeys(("oc", "oe"), "order"),
    "on": "order",
    "mp": "photo",
    "mt": "card",
    "ms": "card",
    **dict.fromkeys(("Nb", "Nd", "Nk", "Np", "Nq", "Nt"), "voices"),
    "Oh": "handover",
    "Om": "assign",
    "Op": "pool",
    "Ox": "assign",
    "Rb": "group_tasks",
    "Rd": "group_tasks",
    "Rc": "made_tasks",
    "Vc": "visits",
    "Vy": "visits",
    "jn": "remind",
    "jw": "remind",
    "wk": "words",
    "xa": "question",
    "xb": "question",
    "xc": "question",
    "dn": "nameless",
    "dt": "note",
    "da": "note",
    "dx": "note",
    "dy": "known",
}

# Rule → the buttons under it; a field that has another rule than its button stands as code.field.
BUTTONS: dict[Rule, str] = {
    Rule("everyone", "own"): """
        De Dg Dl Dm Dn Do Dr Ds Du Dv Dw Dx Ga Gb Gc Gd Gp Gr Gs Gu Gx KA Ka Kb Ke Kf Kg Kn Ko Ks Kt Ku Kv Kw
        Ob.member_id Na Nc No Nr Ns Nv Nw Nx Ny Oa Oc Or Ou Vp Vr Vs Vu Vy Ya Yr Yu Zd Zs bd bo br bs bu Kz ca ce cf
        cm cn cr cs cu cz dt fd fk fp fs hg hl hn hs ht ja jc jd je jg jm jo jp jr js jt ju jx kc kr ks kv bc bt ky lc
        ld lf ls mc md mg mr mu nc nd ne ng nm np nr nt nu oc od oe og oh oq op or ou qb qm qn qs rv uw va vb vf wd wo
    """,
    Rule("everyone", "self"): """
        Dk Dn.draft_id Ex Nb Nd Nk Np Nq Nt Of Op Ox Rb Rc Rd Vc Vy.draft_id bo.draft_id cv cx da dn dt.draft_id dx dy
        dp jf jm.draft_id jn jw jz mp ms mt oc.draft_id oe.draft_id oh.draft_id on ow nb bc.draft_id bt.draft_id bx sw
        uf xa xb xc Dx.draft_id bp bq
    """,
    Rule("everyone", "maker"): "ic id ie if ig ik im io ip it iu iw ix",
    Rule("everyone", "team"): "Kb.cause_id Oa.member_id Ob Oc.member_id Ot an jg.member_id vc vd ve xc.member_id",
    Rule("everyone", "nothing"): """
        Dd Df Dp Fd Fp Fs Gl Hp Ia Ib Ic Id Ie If Ig Ih Ij Kl Kp Kq Nl Od Ra Re Rf Sd Sf Ss Td Ts Vd Vl Vw Yd Yl Ys
        sb sd sg sp tb te tg tq um yl zd zq bl ez hf hm hu km ll mh mk ml ql rd rm
    """,
    Rule("manager", "team"): "Kx Oe Om.member_id Ov Tu tm yg yo tr",
    Rule("manager", "self"): "Oh Om",
    Rule("manager", "nothing"): "Ii Rg Rh kg kh kq ti",
    Rule("admin", "team"): "Oy Su ae ah pf pt rk rn rp rs rt rx tl wx xt xu",
    Rule("admin", "own"): "ay",
    Rule("admin", "self"): "wk",
    Rule("admin", "nothing"): "au eg er es ev ra rl th to ts tz wa wl xd xl xm",
}

# Fields whose id is not looked at, or not alone, and why nothing comes of it.
NOT_LOOKED_AT = {
    ("Du", "move_id"): "a move of another deal undoes nothing: the card of the member's own deal is shown",
    ("Gx", "customer_id"): "the card to go back to is that of the relation",
    ("Dv", "order_id"): "an order that is not this customer's wins nothing: the card of the deal is shown",
    ("Nw", "order_id"): "an order that is not this customer's is left out",
    ("an", "customer_id"): "the answer is that nothing was done",
}
# Buttons that may change something by what is over: they bring it back, or it still has a meaning.
WORKS_ON_WHAT_IS_OVER = ("cr", "Oy", "xt", "Kb", "KA")
# Where what is allowed is answered as if there were nothing, and why; without owner it is so for every owner.
ALIKE: dict[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]] = {
    ("Gx", "customer_id"): (("rep", "manager", "admin"), ("own", "team")),  # it is not looked at
    ("Dv", "order_id"): (("rep", "manager", "admin"), ("own", "team")),
    ("Nw", "order_id"): (("rep", "manager", "admin"), ("own", "team")),
    ("an", "customer_id"): (("rep", "manager", "admin"), ("own", "team")),
    ("Du", "move_id"): (("manager", "admin"), ("team",)),
    ("og", "customer_id"): (("rep", "manager", "admin"), ("own", "team")),  # twenty buyers are needed first
    ("oq", "customer_id"): (("rep", "manager", "admin"), ("own", "team")),
    ("jg", "customer_id"): (("rep", "manager", "admin"), ("own", "team")),  # the task says whose it is
    ("xu", "model_version_id"): (("admin",), ("own", "team")),  # only what was learned on this base can be used
    ("Ot", "customer_id"): (("manager", "admin"), ("own", "team")),  # who does not sell takes nobody
    ("Oa", "member_id"): (("manager", "admin"), ("own",)),  # nobody is given what he has, nor who does not sell
    ("Oc", "member_id"): (("manager", "admin"), ("own",)),
    ("Oe", "leaver_id"): (("manager", "admin"), ("own",)),
    ("Oe", "member_id"): (("manager", "admin"), ("own",)),
    ("Om", "member_id"): (("manager", "admin"), ("own",)),
    ("jg", "member_id"): (("manager", "admin"), ("own",)),
    ("yg", "member_id"): (("manager", "admin"), ("own",)),
}
_BY_BUTTON = {name: rule for rule, names in BUTTONS.items() for name in names.split()}


class NotDeclared(LookupError):
    """A button, or a field of one, has no rule in this module."""


def of_field(code: str, field: str) -> Rule:
    """The rule of a field of a button, or of a button without records.

    Raises: NotDeclared
    """
    rule = _BY_BUTTON.get(f"{code}.{field}") or _BY_BUTTON.get(code)
    if rule is None:
        raise NotDeclared(code)
    return rule


def is_too_low(who: str, whom: Whom) -> bool:
    """One of our team has not the role that the button needs."""
    return (whom == "manager" and who == "rep") or (whom == "admin" and who != "admin")


def is_alike(code: str, field: str, who: str, whose: str) -> bool:
    """It is declared that this is answered as if there were nothing."""
    people, owners = ALIKE.get((code, field), ((), ()))
    return who in people and ("own" if whose == who else "team") in owners
