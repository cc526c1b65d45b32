"""Evals: how good the answers are, measured from outside by cases that people wrote."""
