"""What every question filters, counts and orders by: narrow tables of numbers, one entry a row.

The Parquet files hold ids, sentences and offsets beside that; to read them for each question would
take ten times as long. Facts know their article by its rank, their own row by its number in the
file, and what is asked of them as a text by that text's number: to compare and to count numbers of
one or two bytes takes a fifth of the time, and questions look up the text of what they counted.

    types          type_number, type: of activities
    regions        region, and for its adcode the province and city of today (see `regions`)
    periods        period, and for its date the first and last day and its buckets (see `periods`)
    heads          what lists say of an article, in the order of `rank`, which counts from the
                   latest issue, then by page; `hashed` is the hash of its id, which is found a
                   tenth as slowly; `first_sentence` and `last_sentence` are the numbers
                   of its sentences' rows, or null: between them lie its own, as a build writes
                   them next to each other
    activity_keys  position, number, rank, start, region, type_number, period, reviewed, in the
                   order of their list, in which `position` is an activity's place, from 0
    measures       measure, measure_id, counted, unit, kind: what figures count, if it has a value
    figure_keys    position, number, rank, start, region, measure, result, activity_type, reviewed:
                   those that are reportable and no repeat, in the order of their list, likewise;
                   `activity_type` is the type of the activity that a figure belongs to
    persons        person, name: who is named, without reporters, numbered by name
    named          position, person, rank, region, article_region, title, organisation, start, stop:
                   where they are, by person, then in the order of the articles and their text
    activity_sentences, figure_sentences
                   number, sentence: the number of the row of the sentence that a fact is in, by it
    article_bases  rank, fact, basis, count: how many facts of an article, by their place in BASES,
                   rest on what
    measured       figures that have a measure, by it: the columns of `figure_keys` without start,
                   and what a chart of them says
    placed         rank, region: the places of an article, its own and those of the facts in it;
                   `of_province`, `of_city` and `of_county` are true in one row for each of the
                   article's provinces, cities and places of today
"""

from __future__ import annotations

import duckdb
import pandas as pd

from dashboard.queries.periods import period_frame
from dashboard.queries.regions import region_frame
from dashboard.queries.views import ROWS

# A table's rows (`found`) beside their keys, whose names conditions use.
WHOLE = {
    "activities": "activity_rows AS found JOIN activity_keys AS activities"
    " ON number = file_row_number",
    "figures": "figure_rows AS found JOIN figure_keys AS figures ON number = file_row_number",
}
KEYS = {"activities": "activity_keys AS activities", "figures": "figure_keys AS figures"}

TABLES = (
    "regions",
    "periods",
    "types",
    "heads",
    "activity_keys",
    "measures",
    "figure_keys",
    "placed",
    "persons",
    "named",
    "activity_sentences",
    "figure_sentences",
    "article_bases",
    "measured",
)

_ADCODES = """
    SELECT adcode FROM articles UNION SELECT adcode FROM activities UNION SELECT adcode FROM figures
"""
# What figures count, as a short name that holds in every version and in an address.
_MEASURE_ID = "left(md5(concat_ws(chr(31), kind, coalesce(unit, ''), counted)), 12)"

_TYPES = """CREATE TABLE types AS
    SELECT row_number() OVER (ORDER BY type)::UTINYINT AS type_number, type
    FROM (SELECT DISTINCT type FROM activities)"""
_HEADS = """CREATE TABLE heads AS SELECT row_number() OVER (
            ORDER BY articles.issue_date DESC NULLS LAST, page, document_id, articles."order"
        )::INTEGER AS rank,
        article_id, hash(article_id) AS hashed, document_id, articles.issue_date, publication,
        page, headline, kind,
        articles.n_chars, region, adcode, province, city, county, first_sentence, last_sentence
    FROM articles LEFT JOIN (SELECT document_id, publication, page FROM documents)
        USING (document_id)
    LEFT JOIN (SELECT region, adcode FROM regions) USING (adcode)
    LEFT JOIN (SELECT article_id, min(file_row_number)::INTEGER AS first_sentence,
            max(file_row_number)::INTEGER AS last_sentence
        FROM sentence_rows GROUP BY article_id) USING (article_id)
    ORDER BY rank"""
# What begins after the last issue stands behind, what has no date behind that.
_ACTIVITIES = """CREATE TABLE activity_keys AS
    SELECT (row_number() OVER (
            ORDER BY first > (SELECT max(issue_date) FROM heads) NULLS LAST,
                first DESC NULLS LAST, rank, start, number) - 1)::INTEGER AS position,
        number, rank, start, region, type_number, period, reviewed
    FROM (
        SELECT file_row_number::INTEGER AS number, rank, start::INTEGER AS start, regions.region,
            type_number, period, periods.first AS first, reviewed
        FROM activity_rows AS found JOIN (SELECT article_id, rank FROM heads) USING (article_id)
        JOIN types USING (type) LEFT JOIN periods USING (date)
        LEFT JOIN regions ON regions.adcode = found.adcode)
    ORDER BY position"""
_MEASURES = f"""CREATE TABLE measures AS
    SELECT row_number() OVER (ORDER BY kind, unit, counted)::INTEGER AS measure,
        {_MEASURE_ID} AS measure_id, counted, unit, kind
    FROM (SELECT DISTINCT counted, unit, kind FROM figures
        WHERE reportable AND repeats IS NULL AND counted IS NOT NULL AND value IS NOT NULL)"""
_FIGURES = """CREATE TABLE figure_keys AS
    SELECT (row_number() OVER (ORDER BY rank, found.start, found.file_row_number) - 1)::INTEGER
            AS position,
        found.file_row_number::INTEGER AS number, rank, found.start::INTEGER AS start,
        regions.region, CASE WHEN value IS NOT NULL THEN measure END AS measure,
        status = 'result' AS result, activity_type, found.reviewed AS reviewed
    FROM figure_rows AS found JOIN (SELECT article_id, rank FROM heads) USING (article_id)
    LEFT JOIN (SELECT activity_id, type_number AS activity_type
        FROM activities JOIN types USING (type)) USING (activity_id)
    LEFT JOIN measures ON found.counted = measures.counted AND found.kind = measures.kind
        AND found.unit IS NOT DISTINCT FROM measures.unit
    LEFT JOIN regions ON regions.adcode = found.adcode
    WHERE reportable AND repeats IS NULL
    ORDER BY position"""
_PERSONS = """CREATE TABLE persons AS
    SELECT row_number() OVER (ORDER BY name)::INTEGER AS person, name
    FROM (SELECT DISTINCT name FROM people WHERE role NOT IN ('reporter', 'photographer'))"""
_NAMED = """CREATE TABLE named AS
    SELECT row_number() OVER (ORDER BY person, rank, start, stop)::INTEGER AS position, *
    FROM (SELECT person, rank, regions.region, article_region, title, organisation,
            people.start::INTEGER AS start, people."end"::INTEGER AS stop
        FROM people JOIN persons USING (name)
        JOIN (SELECT article_id, rank, region AS article_region FROM heads) USING (article_id)
        LEFT JOIN regions ON regions.adcode = people.adcode
        WHERE role NOT IN ('reporter', 'photographer'))
    ORDER BY position"""
_FIRST = "row_number() OVER (PARTITION BY rank, {} ORDER BY region) = 1"
_PLACED = f"""CREATE TABLE placed AS
    SELECT rank, region, {_FIRST.format("province")} AS of_province,
        city IS NOT NULL AND {_FIRST.format("city")} AS of_city,
        {_FIRST.format("today")} AS of_county
    FROM (SELECT rank, region FROM heads UNION SELECT rank, region FROM activity_keys
        UNION SELECT rank, regions.region FROM figures
            JOIN (SELECT article_id, rank FROM heads) USING (article_id)
            JOIN regions ON regions.adcode = figures.adcode WHERE reportable)
    JOIN regions USING (region)
    ORDER BY region, rank"""


_SENTENCES = """SELECT found.file_row_number::INTEGER AS number, sentence FROM {} AS found
    JOIN (SELECT sentence_id, file_row_number::INTEGER AS sentence FROM sentence_rows)
        USING (sentence_id)
    WHERE {} ORDER BY sentence"""
# Facts → the column that says what each rests on, and which of them count.
BASES = {
    "articles": ("place_basis", "adcode IS NOT NULL"),
    "figures": ("place_basis", "reportable AND repeats IS NULL AND adcode IS NOT NULL"),
    "places": ("basis", "true"),
    "dates": ("basis", "iso IS NOT NULL"),
}
_BASES = " UNION ALL ".join(
    f"SELECT article_id, {number}::UTINYINT AS fact, {basis} AS basis FROM {table} WHERE {which}"
    for number, (table, (basis, which)) in enumerate(BASES.items())
)
_MEASURED = """SELECT measure, number, rank, region, result, activity_type,
        keys.reviewed AS reviewed, value, value_high, previous, approximate, status, county,
        raw, figure_id, sentence_id
    FROM figure_keys AS keys JOIN figure_rows ON file_row_number = number
    WHERE measure IS NOT NULL ORDER BY measure, rank, number"""
# What one page alone asks for: in memory it is made with the first question.
LATER = {
    "activity_sentences": _SENTENCES.format(ROWS["activities"], "true"),
    "figure_sentences": _SENTENCES.format(ROWS["figures"], "reportable AND repeats IS NULL"),
    "measured": _MEASURED,
    "article_bases": f"""SELECT rank, fact, basis, count(*)::INTEGER AS count FROM ({_BASES})
        JOIN (SELECT article_id, rank FROM heads) USING (article_id) GROUP BY ALL ORDER BY rank""",
}


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables from the views of the Parquet files and those of their rows."""
    _add(connection, "regions", "region", region_frame(_column(connection, _ADCODES)))
    dates = _column(connection, "SELECT DISTINCT date FROM activities")
    _add(connection, "periods", "period", period_frame(dates))
    for sql in (_TYPES, _HEADS, _ACTIVITIES, _MEASURES, _FIGURES, _PLACED, _PERSONS, _NAMED):
        connection.execute(sql)


def make_later(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Make one of LATER where it is not there yet, from the same views."""
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} AS {LATER[table]}")


def _column(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """The distinct values of the only column that `sql` returns, sorted, without null."""
    values = {value for (value,) in connection.execute(sql).fetchall()}
    return sorted(values - {None})


def _add(
    connection: duckdb.DuckDBPyConnection, table: str, number: str, frame: pd.DataFrame
) -> None:
    """A table of the frame's texts, its rows numbered from 0 in the column `number`."""
    columns = ", ".join(f"{one}::VARCHAR AS {one}" for one in frame.columns)
    connection.register("frame", frame.assign(**{number: range(len(frame))}))
    connection.execute(
        f"CREATE TABLE {table} AS SELECT {number}::INTEGER AS {number}, {columns} FROM frame"
    )
    connection.unregister("frame")
