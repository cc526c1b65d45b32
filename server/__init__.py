"""The HTTP door: an API, the pages for people and the widget's files over one ``Assistant``."""
