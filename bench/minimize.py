"""Minimizes policies with a tool that others maintain, for bench/compaction.ts: one JSON document a line in, one a line out."""
import contextlib
import copy
import io
import json
import sys


def policy_sentry(document):
    from policy_sentry.analysis.expand import get_expanded_policy
    from policy_sentry.querying.all import get_all_actions
    from policy_sentry.writing.minimize import minimize_statement_actions
    known = get_all_actions(lowercase=True)
    for statement in get_expanded_policy(copy.deepcopy(document))["Statement"]:
        actions = statement["Action"] if isinstance(statement.get("Action"), list) else [statement.get("Action")]
        if statement["Effect"] == "Allow" and actions != [None]:
            yield {**statement, "Action": minimize_statement_actions(actions, known)}
        else:
            yield statement


def policyuniverse(document):
    from policyuniverse.expander_minimizer import minimize_policy
    yield from minimize_policy(policy=copy.deepcopy(document))["Statement"]


TOOL = {"policy_sentry": policy_sentry, "policyuniverse": policyuniverse}[sys.argv[1]]
for line in sys.stdin:
    document = json.loads(line)
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            result = {"Version": document["Version"], "Statement": list(TOOL(document))}
    except Exception as error:  # the tool does not take this policy
        result = {"error": str(error)}
    print(json.dumps(result), flush=True)
