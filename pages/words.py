"""The words of the articles about one or several regions: most frequent, apart, over time."""

import streamlit as st

from dashboard import address, concordance, preparing, rows, word_compare, word_panel
from dashboard.clouds import SHAPES
from dashboard.view import current

SHOWN = ("frequent", "apart", "time")

view = current()
t = view.t
regions = view.tables.regions(view.selection)
names = dict(zip(regions["adcode"], regions["name"], strict=True))
articles = dict(zip(regions["adcode"], regions["articles"], strict=True))


def choose(name: str, options: tuple[str, ...]) -> str:
    """One of a few ways to see the words; the first is the usual one."""
    address.seed(name, address.one_of(options, options[0]))
    chosen = st.segmented_control(
        t(f"words.{name}"),
        options,
        format_func=lambda one: t(f"words.{name}_{one}"),
        key=address.key_of(name),
        on_change=address.touched,
        required=True,
    )
    address.want(name, [chosen] if chosen and chosen != options[0] else [])
    return chosen or options[0]


key = address.key_of("region")
address.seed("region", lambda values: address.known(names)(values)[: word_panel.MOST])
st.session_state[key] = [one for one in st.session_state[key] if one in names]
chosen = st.multiselect(
    t("words.regions"),
    list(names),
    format_func=lambda one: t("words.region", name=names.get(one, one), count=articles[one]),
    key=key,
    on_change=address.touched,
    max_selections=word_panel.MOST,
    placeholder=t("words.all_regions"),
    select_all=False,
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    shown = choose("show", SHOWN)
    shape = choose("shape", SHAPES) if shown == "frequent" else SHAPES[0]
    address.seed("boilerplate", lambda values: "1" in values)
    boilerplate = st.toggle(
        t("words.boilerplate"),
        key=address.key_of("boilerplate"),
        on_change=address.touched,
        help=t("words.boilerplate_help"),
    )
address.want("region", chosen)
address.want("boilerplate", ["1"] if boilerplate else [])
everywhere = t("words.everywhere")

if not view.tables.overview(view.selection).articles:
    rows.nothing(view)
elif not preparing.waits(view, "words"):
    # One region, or all that are chosen together, is what a concordance and a line are of.
    single = chosen[0] if len(chosen) == 1 else None
    where = names[single] if single else everywhere
    place = st.container()
    with place:
        if shown == "apart" and names:
            other, by = word_compare.settings(view, names)
            title = names[other] if other != word_compare.REST else t("words.by_rest")
            compared = [one for one in chosen or list(names)[:1] if one != other]
            words = []
            for one in compared:
                region = (one, names[one], int(articles[one]))
                words += word_compare.distinctive(view, region, other, by, boilerplate, title)
            if not compared:
                st.info(t("words.same"), icon=":material/compare_arrows:")
        else:
            asked = [(one, names[one]) for one in chosen] or [(None, everywhere)]
            found = word_panel.ask(view, asked, boilerplate)
            words = [str(word) for one in found for word in one.words["word"]]
            if shown == "time":
                words = word_compare.over_time(view, single, where, words, boilerplate)
            else:
                word_panel.draw(view, found, boilerplate, shape)
    word = concordance.choice(view, words)
    if word:
        concordance.draw(view, word, single, where)
