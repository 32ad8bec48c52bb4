"""A client in nothing but Python's standard library."""

import base64
import json
import os
import unittest
import uuid
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

API_URL = os.environ["WINK_API_URL"]  # at Wink, https://api.wink.travel
IAM_URL = os.environ["WINK_IAM_URL"]  # at Wink, https://iam.wink.travel


def token_for(scope):
    """An access token by client credentials; the client authenticates by HTTP Basic."""
    credentials = base64.b64encode(b"python:secret").decode()
    form = urlencode({"grant_type": "client_credentials", "scope": scope}).encode()
    request = Request(
        f"{IAM_URL}/oauth2/token", data=form, headers={"Authorization": f"Basic {credentials}"}
    )
    with urlopen(request) as response:
        return json.load(response)["access_token"]


class Webhooks:
    """The webhooks of one managing entity."""

    def __init__(self, entity, token):
        self.url = f"{API_URL}/api/managing-entity/{entity}/webhook"
        self.headers = {"Authorization": f"Bearer {token}", "Wink-Version": "2.0"}

    def send(self, method, path="", body=None, **headers):
        """Status and content of the answer, whatever the status is."""
        data = None if body is None else json.dumps(body).encode()
        fields = {**self.headers, **headers}
        if data is not None:
            fields["Content-Type"] = "application/json"
        request = Request(f"{self.url}{path}", data=data, headers=fields, method=method)
        try:
            with urlopen(request) as response:
                return response.status, json.load(response)
        except HTTPError as error:
            with error:
                return error.status, json.load(error)


class WebhookTest(unittest.TestCase):
    def setUp(self):
        self.entity = str(uuid.uuid4())
        token = token_for("account.read account.write account.remove")
        self.webhooks = Webhooks(self.entity, token)
        self.body = {
            "name": "Bookings",
            "entity": {"identifier": self.entity, "name": "The Siam Residences, Bangkok"},
            "enabled": True,
            "eventUrl": "https://api.example.com/webhooks/wink/events",
            "eventList": ["booking.create"],
        }

    def test_creates_lists_updates_and_deletes(self):
        status, webhook = self.webhooks.send("POST", body=self.body)
        self.assertEqual((status, webhook["version"]), (201, 1))
        self.assertEqual(self.webhooks.send("GET", "/list"), (200, [webhook]))

        path = f"/{webhook['id']}"
        changed = {**self.body, "enabled": False}
        status, updated = self.webhooks.send("PATCH", path, changed, **{"If-Match": "1"})
        self.assertEqual((status, updated["version"], updated["enabled"]), (200, 2, False))
        status, problem = self.webhooks.send("PATCH", path, self.body, **{"If-Match": "1"})
        self.assertEqual((status, problem["title"]), (409, "Conflict"))

        status, deleted = self.webhooks.send("DELETE", path)
        self.assertEqual((status, deleted["success"]), (200, True))
        self.assertEqual(self.webhooks.send("GET", path)[0], 404)

    def test_400_points_at_what_is_wrong(self):
        status, problem = self.webhooks.send("POST", body={**self.body, "enabled": "true"})
        self.assertEqual(status, 400)
        self.assertEqual(problem["properties"]["errors"][0]["pointer"], "#/enabled")

    def test_401_without_a_valid_token(self):
        self.assertEqual(Webhooks(self.entity, "not a token").send("GET", "/list")[0], 401)

    def test_403_without_the_scope(self):
        reader = Webhooks(self.entity, token_for("account.read"))
        self.assertEqual(reader.send("POST", body=self.body)[0], 403)

    def test_404_for_an_unknown_webhook(self):
        self.assertEqual(self.webhooks.send("GET", f"/{uuid.uuid4()}")[0], 404)


if __name__ == "__main__":
    unittest.main()
