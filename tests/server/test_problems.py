import inspect

import pytest

from assistant import errors
from server.problems import CODES, ERROR_CODES, PUBLIC_DETAIL, Problem, Refused, problem_of

TREE = [
    member
    for _, member in inspect.getmembers(errors, inspect.isclass)
    if issubclass(member, errors.AssistantError)
]


@pytest.mark.parametrize("kind", TREE)
def test_every_error_of_the_core_has_a_line_in_the_table(kind):
    assert ERROR_CODES[kind] in CODES


@pytest.mark.parametrize("kind", TREE)
def test_the_message_of_an_error_is_shown_only_where_it_is_the_clients(kind):
    problem = problem_of(kind("In /a/folder.", "Look."), "urn:uuid:1")
    document = problem.document()
    if problem.status >= 500:
        assert "/a/folder" not in str(document)
        assert document["instance"] == "urn:uuid:1"
        assert problem.code in PUBLIC_DETAIL
    else:
        assert document["detail"] == "In /a/folder."
        assert document["advice"] == "Look."


def test_an_error_without_advice_gets_that_of_its_code():
    problem = problem_of(errors.UnknownPage("No such page."), "urn:uuid:1")
    assert problem.document()["advice"] == CODES["unknown_page"][1]


def test_a_subclass_is_treated_as_its_parent():
    class Fuller(errors.StorageError):
        pass

    assert problem_of(Fuller("full"), "urn:uuid:1").code == "storage"


def test_what_was_refused_on_purpose_is_the_problem_itself():
    problem = Problem("overloaded", "Too many.")
    assert problem_of(Refused(problem), "urn:uuid:1") is problem


def test_openais_shape_tells_the_clients_errors_from_the_servers():
    kinds = {code: Problem(code, "x").document()["error"]["type"] for code in CODES}
    assert kinds["internal"] == "server_error"
    assert kinds["invalid_request"] == "invalid_request_error"
