"""Rows to look at, those that matter most first; every correction; and building again with them."""

from dashboard import review_page
from dashboard.view import current

review_page.draw(current())
