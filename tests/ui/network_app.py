"""A small host for the network view: what the browser tests and measurements open.

The address chooses the world: `?n=100`, `?world=named|hostile|empty|loops|growing|kinds`, `?lang=en`, `?dark=1`.
"""

from __future__ import annotations

import random

import streamlit as st

from ui.components.network import Kind, Node, Tie, network, texts_for

PLACES = ("Leuven", "Gent", "Genk", "Kortrijk", "Mechelen", "Hasselt", "Brugge", "Turnhout", "Aalst", "Geel")
TOPICS = ("Water", "Foton", "Staal", "Zorg", "Batterij", "Robot", "Agro", "Textiel", "Licht", "Haven", "Data", "Bouw")
FORMS: dict[Kind, tuple[str, ...]] = {
    "company": ("{t}werken {p}", "{t}tech", "{p}se {t}maatschappij", "{t} & Partners"),
    "knowledge_institution": (
        "Hogeschool {p}",
        "Centrum voor {t}onderzoek {p}",
        "Universiteit {p} – Instituut voor {t}",
    ),
    "government": ("Stad {p}", "Provinciaal Agentschap {t} {p}"),
    "intermediary": ("{t}cluster Vlaanderen", "Netwerk {t} {p}"),
    "other": ("Stichting {t}", "vzw {p} in beweging"),
    "person": ("An {p}", "Bram {p}"),
    "collaboration": ("Project {t} {p}",),
}
SHARES: dict[Kind, int] = {"company": 55, "knowledge_institution": 16, "government": 11, "intermediary": 8, "other": 10}


def world(count: int) -> tuple[list[Node], list[Tie]]:
    """An invented hub: communities, a few bridges, a skewed number of partners."""
    dice = random.Random(count)
    groups = max(2, round(count**0.5 / 2.2))
    kinds: list[Kind] = dice.choices(list(SHARES), weights=list(SHARES.values()), k=count)
    group = [dice.randrange(groups) for _ in range(count)]
    ties: list[Tie] = []
    weight = [1.0] * count
    by_group: dict[int, list[int]] = {}
    for index in range(count):
        near = by_group.setdefault(group[index], [])
        pool = near if near and dice.random() < 0.9 else list(range(index))
        for _ in range(dice.choice((1, 1, 2, 2, 3, 4))):
            if not pool:
                break
            other = (
                dice.choices(pool, weights=[weight[each] for each in pool])[0] if len(pool) < 400 else dice.choice(pool)
            )
            first = dice.randint(2008, 2024)
            last = dice.choice((None, first + dice.randint(0, 3)))
            ties.append(Tie(f"t{len(ties)}", f"o{index}", f"o{other}", float(dice.randint(1, 5)), first, last, ""))
            weight[index] += 1
            weight[other] += 1
        near.append(index)
    nodes = []
    for index, kind in enumerate(kinds):
        name = dice.choice(FORMS[kind]).format(t=dice.choice(TOPICS), p=dice.choice(PLACES))
        nodes.append(Node(f"o{index}", name, kind, weight[index]))
    return nodes, ties


def hostile() -> tuple[list[Node], list[Tie]]:
    """Names that want to be something else."""
    names = [
        '<img src=x onerror="window.hacked=1">',
        "<script>window.hacked=1</script>",
        "شركة المياه",
        "🏭🌊 Wolkenfabriek 👩‍🔬",
        "Zeer lange naam " * 32,
        "",
        "{label} {count} ${constructor}",
        "regel\neen\u2028twee\u202eomgekeerd",
    ]
    ids = ["__proto__", "constructor", "hasOwnProperty", "<b>", "a b", "toString", "\"'", "n0"]
    nodes = [
        Node(id, name, "company", float("nan") if i == 3 else 1.0)
        for i, (id, name) in enumerate(zip(ids, names, strict=True))
    ]
    ties = [
        Tie(f"t{i}", ids[i], ids[(i + 1) % len(ids)], float("inf") if i == 2 else 1.0, None, None, names[i])
        for i in range(len(ids))
    ]
    return nodes, ties


def loops() -> tuple[list[Node], list[Tie]]:
    """Ties of a node to itself, 10,000 ties between the same two, a tie to nobody."""
    nodes = [Node("a", "Alfa", "company"), Node("b", "Beta", "government"), Node("c", "Gamma", "other")]
    ties = [Tie(f"p{i}", "a" if i % 2 else "b", "b" if i % 2 else "a", 1.0, 2010 + i % 10, None) for i in range(10_000)]
    return nodes, [*ties, Tie("s", "c", "c"), Tie("nobody", "a", "z")]


def named() -> tuple[list[Node], list[Tie]]:
    """Five whom a test can call by name."""
    nodes = [
        Node("a", "Alfa", "company", 3),
        Node("b", "Beta", "government", 2),
        Node("c", "Gamma", "knowledge_institution", 2),
        Node("d", "Delta", "intermediary", 1),
        Node("e", "Les Électriciens réunis", "company", 1),
    ]
    ties = [
        Tie("1", "a", "b", 1.0, 2011, 2014, "Proeftuin"),
        Tie("2", "b", "a", 1.0, 2016, 2019, "Living lab"),
        Tie("3", "b", "c", 1.0, 2012),
        Tie("4", "c", "d", 1.0, 2013),
        Tie("5", "d", "e", 1.0, 2015),
        Tie("6", "a", "e", 1.0, 2018),
    ]
    return nodes, ties


def chosen_world() -> tuple[list[Node], list[Tie]]:
    name = st.query_params.get("world", "hub")
    if name == "hostile":
        return hostile()
    if name == "named":
        return named()
    if name == "loops":
        return loops()
    if name == "empty":
        return [], []
    nodes, ties = world(int(st.query_params.get("n", "15")))
    if st.query_params.get("shuffled"):
        random.Random(1).shuffle(nodes)
        random.Random(2).shuffle(ties)
    if name == "growing" and not st.session_state.get("grown"):
        nodes = nodes[: len(nodes) * 4 // 5]
    if name == "kinds":
        nodes = [
            Node(node.id, node.label, kind, node.size)
            for node, kind in zip(nodes, list(FORMS) * len(nodes), strict=False)
        ]
    return nodes, ties


def main() -> None:
    st.set_page_config(layout="wide")
    nodes, ties = chosen_world()
    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    if st.session_state["runs"] == 1:
        st.session_state.update(language=st.query_params.get("lang", "nl"), imposed=())
    left, middle, right = st.columns(3)
    left.button("Opnieuw")
    if middle.button("Andere taal"):
        st.session_state["language"] = "fr" if st.session_state["language"] == "nl" else "nl"
    right.button("Groei", on_click=lambda: st.session_state.update(grown=True))
    if left.button("Kies o1 en o2"):
        st.session_state["imposed"] = ("o1", "o2")
    if middle.button("Kies niemand"):
        st.session_state["imposed"] = ()
    event = network(
        nodes,
        ties,
        key="proef",
        texts=texts_for(st.session_state["language"]),
        selected=st.session_state["imposed"],
        focus=st.query_params.get("focus"),
        height=int(st.query_params.get("height", "560")),
        dark={"1": True, "0": False}.get(st.query_params.get("dark", "")),
    )
    if st.query_params.get("adopt"):
        st.session_state["imposed"] = event.selected
    if event.expand:
        st.session_state["expanded"] = event.expand
    st.text(f"runs={st.session_state['runs']}")
    st.text(f"selected={','.join(event.selected)}")
    st.text(f"expand={event.expand or ''}")
    st.text(f"expanded={st.session_state.get('expanded', '')}")
    st.text(f"year={event.year or ''}")


main()
