"""The web explorer: pages for people, made on the server, that work without JavaScript.

They ask the same functions as the JSON doors, behind the same guard; nothing is loaded from elsewhere.
"""
