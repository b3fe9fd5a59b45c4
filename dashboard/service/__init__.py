"""What the server does besides drawing pages: headers that protect readers, charts as data, feeds.

Nothing here knows a session: a request says all that it wants in its address.
"""
