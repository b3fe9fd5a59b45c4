"""What every question filters, counts and orders by: narrow tables in memory, one entry a row.

The Parquet files hold ids, sentences and offsets beside that; to read them for each question would
take ten times as long. Facts know their article by its rank and their own row by its number in the
file, so that a page of a list reads only its rows.

    heads          what lists say of an article; `rank` counts from the latest issue, then by page;
                   `first_sentence` and `last_sentence` are the numbers of its sentences' rows, or
                   null: between them lie its own, as a build writes them next to each other
    activity_keys  number, rank, start, adcode, type, date, reviewed
    figure_keys    number, rank, start, adcode, measure, result, activity, reviewed: those that are
                   reportable and no repeat; `activity` is the activity's number
    measures       measure, measure_id, counted, unit, kind: what figures count, if it has a value
    placed         rank, adcode: the places of an article, its own and those of the facts in it
"""

from __future__ import annotations

import duckdb

# A table's rows (`found`) beside their keys, whose names conditions use.
WHOLE = {
    "activities": "activity_rows AS found JOIN activity_keys AS activities"
    " ON number = file_row_number",
    "figures": "figure_rows AS found JOIN figure_keys AS figures ON number = file_row_number",
}
KEYS = {"activities": "activity_keys AS activities", "figures": "figure_keys AS figures"}

# What figures count, as a short name that holds in every version and in an address.
_MEASURE_ID = "left(md5(concat_ws(chr(31), kind, coalesce(unit, ''), counted)), 12)"

_RANKS = """CREATE TABLE ranks AS SELECT article_id, row_number() OVER (
        ORDER BY issue_date DESC NULLS LAST, page, document_id, "order")::INTEGER AS rank
    FROM (SELECT article_id, document_id, issue_date, "order" FROM articles)
    LEFT JOIN (SELECT document_id, page FROM documents) USING (document_id)"""
_HEADS = """CREATE TABLE heads AS SELECT rank, article_id, document_id, articles.issue_date,
        publication, page, headline, kind, articles.n_chars, adcode, province, city, county,
        first_sentence, last_sentence
    FROM articles JOIN ranks USING (article_id)
    LEFT JOIN (SELECT document_id, publication, page FROM documents) USING (document_id)
    LEFT JOIN (SELECT article_id, min(file_row_number)::INTEGER AS first_sentence,
            max(file_row_number)::INTEGER AS last_sentence
        FROM sentence_rows GROUP BY article_id) USING (article_id)"""
_ACTIVITIES = """CREATE TABLE activity_keys AS
    SELECT file_row_number::INTEGER AS number, rank, start::INTEGER AS start, adcode, type, date,
        reviewed
    FROM activity_rows JOIN ranks USING (article_id)"""
_MEASURES = f"""CREATE TABLE measures AS
    SELECT row_number() OVER (ORDER BY kind, unit, counted)::INTEGER AS measure,
        {_MEASURE_ID} AS measure_id, counted, unit, kind
    FROM (SELECT DISTINCT counted, unit, kind FROM figures
        WHERE reportable AND repeats IS NULL AND counted IS NOT NULL AND value IS NOT NULL)"""
_FIGURES = """CREATE TABLE figure_keys AS
    SELECT found.file_row_number::INTEGER AS number, rank, found.start::INTEGER AS start, adcode,
        CASE WHEN value IS NOT NULL THEN measure END AS measure,
        status = 'result' AS result, activities.number AS activity, found.reviewed AS reviewed
    FROM figure_rows AS found JOIN ranks USING (article_id)
    LEFT JOIN (SELECT file_row_number::INTEGER AS number, activity_id FROM activity_rows)
        AS activities USING (activity_id)
    LEFT JOIN measures ON found.counted = measures.counted AND found.kind = measures.kind
        AND found.unit IS NOT DISTINCT FROM measures.unit
    WHERE reportable AND repeats IS NULL"""
_PLACED = """CREATE TABLE placed AS SELECT DISTINCT rank, adcode FROM (
        SELECT rank, adcode FROM heads UNION ALL SELECT rank, adcode FROM activity_keys
        UNION ALL SELECT rank, adcode FROM figures JOIN ranks USING (article_id) WHERE reportable)
    WHERE adcode IS NOT NULL"""


def make(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables from the views `articles`, `documents`, `figures` and the views of rows."""
    for sql in (_RANKS, _HEADS, _ACTIVITIES, _MEASURES, _FIGURES, _PLACED):
        connection.execute(sql)
    connection.execute("DROP TABLE ranks")
