"""Webhooks: endpoints, messages, deliveries, attempts. Tables as the models say, completed by hand."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
CREATE TABLE "webhook_endpoint" (
    "id" UUID NOT NULL PRIMARY KEY,
    "org_id" UUID NOT NULL REFERENCES "org" ("id") ON DELETE RESTRICT,
    "url" VARCHAR(2048) NOT NULL,
    "description" VARCHAR(200) NOT NULL,
    "event_types" TEXT[] NOT NULL CONSTRAINT "webhook_endpoint_event_types" CHECK (cardinality("event_types") > 0),
    "max_concurrency" SMALLINT NOT NULL
        CONSTRAINT "webhook_endpoint_max_concurrency" CHECK ("max_concurrency" > 0),
    "rate_per_second" SMALLINT CONSTRAINT "webhook_endpoint_rate_per_second" CHECK ("rate_per_second" > 0),
    "is_enabled" BOOL NOT NULL,
    "disabled_reason" VARCHAR(16)
        CONSTRAINT "webhook_endpoint_disabled_reason" CHECK ("disabled_reason" IN ('manual', 'gone', 'failing')),
    "disabled_at" TIMESTAMPTZ,
    "secret" BYTEA NOT NULL,
    "previous_secret" BYTEA,
    "previous_secret_until" TIMESTAMPTZ,
    "consecutive_failures" INT NOT NULL DEFAULT 0,
    "failing_since" TIMESTAMPTZ,
    "paused_until" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "created_by_kind" VARCHAR(16) NOT NULL,
    "created_by_id" UUID NOT NULL,
    "deleted_at" TIMESTAMPTZ,
    CONSTRAINT "webhook_endpoint_disabled" CHECK ("is_enabled" = ("disabled_reason" IS NULL)),
    CONSTRAINT "webhook_endpoint_deleted" CHECK ("deleted_at" IS NULL OR NOT "is_enabled")
);
CREATE INDEX "webhook_endpoint_org" ON "webhook_endpoint" ("org_id", "id") WHERE "deleted_at" IS NULL;
-- Asked with every public fact: of most orgs nothing is in it.
CREATE INDEX "webhook_endpoint_enabled" ON "webhook_endpoint" ("org_id") WHERE "is_enabled";
CREATE TABLE "webhook_message" (
    "id" UUID NOT NULL PRIMARY KEY,
    "org_id" UUID NOT NULL,
    "type" VARCHAR(100) NOT NULL,
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL
);
CREATE TABLE "webhook_delivery" (
    "id" UUID NOT NULL PRIMARY KEY,
    "org_id" UUID NOT NULL,
    "endpoint_id" UUID NOT NULL REFERENCES "webhook_endpoint" ("id") ON DELETE RESTRICT,
    "message_id" UUID NOT NULL REFERENCES "webhook_message" ("id") ON DELETE CASCADE,
    "event_type" VARCHAR(100) NOT NULL,
    "state" VARCHAR(16) NOT NULL
        CONSTRAINT "webhook_delivery_state" CHECK ("state" IN ('PENDING', 'SENDING', 'SUCCEEDED', 'DEAD')),
    "seq" BIGINT NOT NULL DEFAULT 1,
    "attempts" INT NOT NULL DEFAULT 0,
    "tries" INT NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ NOT NULL,
    "retry_until" TIMESTAMPTZ NOT NULL,
    "lease_token" UUID,
    "last_status" SMALLINT,
    "last_error" VARCHAR(32),
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "finished_at" TIMESTAMPTZ,
    CONSTRAINT "webhook_delivery_once" UNIQUE ("message_id", "endpoint_id"),
    CONSTRAINT "webhook_delivery_leased" CHECK (("state" = 'SENDING') = ("lease_token" IS NOT NULL)),
    CONSTRAINT "webhook_delivery_finished" CHECK (("state" IN ('SUCCEEDED', 'DEAD')) = ("finished_at" IS NOT NULL))
);
-- The queue: what waits, and what is under way until its lease is over.
CREATE INDEX "webhook_delivery_due" ON "webhook_delivery" ("endpoint_id", "due_at")
    WHERE "state" IN ('PENDING', 'SENDING');
-- How many are under way of an endpoint, whatever waits for it.
CREATE INDEX "webhook_delivery_sending" ON "webhook_delivery" ("endpoint_id", "due_at") WHERE "state" = 'SENDING';
CREATE INDEX "webhook_delivery_org" ON "webhook_delivery" ("org_id", "id");
CREATE INDEX "webhook_delivery_endpoint" ON "webhook_delivery" ("endpoint_id", "id");
CREATE INDEX "webhook_delivery_changed" ON "webhook_delivery" ("endpoint_id", "updated_at");
CREATE INDEX "webhook_delivery_dead" ON "webhook_delivery" ("org_id", "id") WHERE "state" = 'DEAD';
CREATE TABLE "webhook_attempt" (
    "delivery_id" UUID NOT NULL REFERENCES "webhook_delivery" ("id") ON DELETE CASCADE,
    "number" INT NOT NULL,
    "org_id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "latency_ms" INT NOT NULL,
    "status" SMALLINT,
    "error_code" VARCHAR(32),
    "error_message" TEXT,
    "body" TEXT NOT NULL,
    PRIMARY KEY ("delivery_id", "number")
);
-- A message has one delivery to an endpoint, and that one id: as old as the message, so that lists sort by it.
CREATE FUNCTION webhook_delivery_id(message uuid, endpoint uuid) RETURNS uuid
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT (substr(message::text, 1, 19) || 'a' || substr(digest, 1, 3) || '-' || substr(digest, 4, 12))::uuid
    FROM md5(message::text || endpoint::text) AS digest
$$;
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
DROP FUNCTION webhook_delivery_id;
DROP TABLE "webhook_attempt", "webhook_delivery", "webhook_message", "webhook_endpoint";
"""


MODELS_STATE = (
    "eJztfWt32zbW7l/B0pckszQ+ju0mfZOzzlp26jaZJnFX4py0b9sjQyRkYUwRLEBa0Tsz//"
    "0A4EW8i6AoCaTwYaYxiU2Kz8Zl3/e/RgtiI4edXH/zEXWh885Gro/91egV+NfIhQvE/1E5"
    "ZgxG0PPWI8QFH04dSYSi0ROcHj5lPoWWzwfMoMMQv2QjZlHs+Zi4/KobOI64SCw+ELv360"
    "uBi/8K0MQn98ifI8pv/P77CDMW8H/z2yyY/hPxB//5J/8Duzb6hlg4JmCI8h8R3vEeJjOM"
    "HDvzffwmvyWvT/yVJ699+fLuhx/lSPFzphOLOMHCXY/2Vv6cuMnwIMD2iaAR9+6Riyj0kZ"
    "36TPEVETTxpfCL+AWfBij51fb6go1mMHAEWKP/PQtcS2AE5JvE/138n+inpYZNJh9vbief"
    "r28nk5ECthZxBV+w6wvM/vWf8LlrQOTVkXjBm7eXn56ev3gmISDMv6fypoRr9B9JCH0Ykk"
    "r81yjHfFCAOkXSJd7xhTXg68kYQxmDpRm8qUmbTP0smm/mkFZM3IQiByb/cT2EcbSA3yYO"
    "cu/9Of/z7LvvanD9v5efJLR8lMSW8E0o3KY+RrfOwntZjONNRQHkFIlBuRnKaAGxo4JxQt"
    "AK4Whz1RXgi0YAX9QAfJEH2KJIwDGBJTP5B37HxwtUjnSWMge3HZGexP/o4fSuAfv23Yfr"
    "z7eXH34Rj18w9pcj8bq8vRZ3zuTVVe7q0xc5viQPAV/f3b4F4k/w3zcfr/MbfDLu9r9H4j"
    "fBwCcTlywn0E5jEl+OL2XYHLgOdh9a8TlH2gGj97PKRu984CCfAZdMib0C2H0NuHQIKFkC"
    "5sMVGwNG+BXo8xH+nM8EMA18gDmFhyjj4pT4bsYvAHjPJ8XoKCaNEIRnDykhTVyYQuthCa"
    "k9KdwhZ6RqbPHW4myRvwJdeC85LtAUvzPSJ25cdMsn0y15QO6oRN/I3K/VNYjLFQM+lGsH"
    "8dhNisboq5gUEIijJJxCYlLw7c5GFNjkBNzyaSQfB3B4D9sAuvx/gOF7F/oBRfyL+JvFfe"
    "YTiuyT/PTZ2UtKlKFqvWcMfufamIf5rBHr2+hBRg/S/exV0IO8gPIRSEV+TJEMUEZ//qKB"
    "BPk8f+asBUhx66AC+p7g5Zszokgc/UvIN1fk+s1OfyOwa7pp9EL2yqyr9aGsyOYspWGz1m"
    "zmp3crnYz1Tx87Gv5qokJ9QhZ5RHT1hv85KlGhMvfHdSoUjUbyCRgN7dRV08IrY+N7xEpW"
    "zRV2IV2Vr5k1TW7JTFc+YrvRSQ6zSq7e31xlFgiXJ67efbz89NvTD5e/Psuskvc3H3+Kx6"
    "cn/9Vvt9eXRlvZp7ZizgJzFuzsLJjxD5lXmtMy9zecBXKkijXtZgaElYohxviVMcAugMIK"
    "+wogaM2F9UpMYT7G4sQzQqWV1kXf/KLNbLtHNTl7okeb40f/4yfFKoUTKEtlDiFjXjiWs8"
    "iYF46OzUakHB5/NREpb4nvlYmS8nqtCOnHI3ZpRaiU3fRRWo/DpckQFwwUZeU1TVey8o7c"
    "RNeuRVce/xkgcIXfXqgbmIMK+S8RY54w8IBWzXxHe5OojbB3BKdEhs3EnWG6aMfoHK2RB3"
    "TmtAOZP2E+8sr22/t3rl/O5AxZjsM49H3vYvmeKu62N7PInrNEzAfCGRGG7wkfPbQsJDbi"
    "KCTKg4wr+sBfYgs12375F/L//P2/zs7Oz1+enZ6/+P67i5cvv/v+9Hs+Vn5j8dbLuj373U"
    "/vPt5mp4K48B9dBLgvXKr5HBpDyuS49O1acU5KRyw1cj/OobGMMjMBbHpJe/pI1/qeKgrW"
    "uAVfB6QEzerwqjWF1vFVYn9eEmqPQWSkDxOQAJkB6II4PxCk8wO1yEcxEvMRyVEIuS0Yna"
    "ftD6tF1KMbBz1O0X3gitUpvgdEbj9kb63L9m4uGFP5UbCZokfSLkEqS2kUZJ25jEs045qs"
    "6DKFeACZpBdNJKOLasHooiAXSSGe65muUkJ0lmp4OJ+fnjYAmo+qRFre08hkwK9/Io4TeG"
    "8C5pMFoj/A0nogFSPH9YYETjOhkmhiRVQTGzarDjL6heIFpCthcAdPCb3nOuUYcOox4IrG"
    "A/OgheSl5MniD+YQ/1kxzmjLZ23hnoo+V+X8iUh2IV/oGmLUk3On2k4SzikVM8mawlhJco"
    "dPek2qQJqnM8DmrR3r7U3lWM+R6WyIanmw76aiDD8/ijB/XkDHqfTcxDT7c9rsEuPQBXN+"
    "9vJF4nQRf9S5WT5/uHz/PvSrZLU5/kXMZ2p+sDTVkBDdg1MrW2wkhEgJ+xSRgb419Nj1Aj"
    "8Mzlec+3lKw4TWTCCB35YLBVLDhtZssLhwMwlYyT70A7K4fudURbysyfI6VUh3EtH3kBM1"
    "oP5w/eYdP0yfnl2Mn59JuYUrUNhHaYnm4rTEIWbjsnO2HuM1lYF4E8QUPSI3QC2mco7SQF"
    "0GtX62tc02NTVbWucmNI+SR2wjOgby1Vub0WqeZ0xpxpRmTGnGlNZ3YOMtTsWOlqYZoBHt"
    "RZPqWC+qi2O9KNTGkqeHCsIJwQDhfX72fQN8+ajqam/inrFRGhvlAI0DxkZpbJTHzARjo9"
    "SCDcZGqSRwGxulphAbG+Ux2CgvPfwzKrVNRnfGdTZJ6OFJlA2/4xzBtYHH9PY6eEqgsc8Z"
    "+5z+wMr/FgCtthzF4wdoODprFLV+VhO1fnZaEBC8YOpgSzGQMEPUDdIHdcPsuhlDWDdn0q"
    "Y8ZYFU88o7bz9cvvn757eXZ9+96GftHWYRD5XoJJeUwioeJSQ55jiY9VHlrvNKXv96+/uf"
    "Jvn6eBy8WibcapZdNiQum3zbY+CyLIbQsgppnrY3nB59xaKfpGjuh93AR69ETQXMwJJi3x"
    "cVFlwwhb41D8/y45oQXDojS87StX2osfhTJG0nBu1xEhDZUHQM+E/fntV1ItF0NXngv19F"
    "uSohHV4Gdvc6Vgo2NRNMgXALG4xmmHdjgqHIc6DVBtoipfbYjkR7VxEXG5XbocQXPwn4ZO"
    "uNYgPkuvgSAhv7165Py/0J67vjWp+CGDdBycAGrX0JsLENlqJwpE/kf8f8//mxLJrrzihZ"
    "iL8oKmvYq0Kq7qcQpQzXV6A0+5ff8/hPsrAHnUpqH1L+3uqHm0qJxi0yoKNDXbkwlqA+KA"
    "vJHthUqF1T6OyYGbkkcE88od8+IjodA6G58MNf6IziQDsJ+dZC3u0+pnp91qgqGEVKnXmi"
    "jYKRP9ybHg95OnNI5ICNZCIJiMI0zpENcA6fnzWYw+dn1UXKzvJzOCN+Np3AGSLtFbg9T1"
    "5rDt37Mn/hPz7ffKwwOKxJ8nIOtnzwb6CX23B0hWaEIqlLwZkvskFDpzQDDpr5gAT+1qqx"
    "ACsj/MSTOPHlpub3mxJPrnjAVXkeh2JsQ5ZqeJa37iURU7uzu9qdmhiB3syR9eARkTFQYg"
    "RK3R1vNgJZ2dEbLUGXgOF7l0vdTFjeFsj1RfX5OVlyAiqq0HN9+wkDfBflYjkV/WWRfQIu"
    "PQ+59t+J66xeA68sv52hv0pS4Xf+ti0S5fkziiurLgMkIugm7+OwEVl7zPowtqC9SEpzyO"
    "Zl07k69i2m0DvkrQsYdxXMZuxvg7S/iSML+gEt0ZdrY0nTZGZRqSwqTeSytwhmRYT09Qay"
    "2Dwet1EKE27QSDLikk7U/yclC52AT5FzFyyxPwfoEXERSIbPiMEM8ce+BpALDfj+HlGuKn"
    "J9EXPhiotMANqP0LVKXHl7e+sWUpkuQsFxuOMOKwMfWsM8SO6zEdSMoKYn+r0T1Na2j4ny"
    "Rlak1XlPk0d33AE2Y/HRdZtL4dsicSVPbBai1gvRaExHqjF95irBqERjktfHmzUmFo/bbL"
    "d2gYx35LqKVFFE1Ajm6kdGfWltpu744cYqrbs8Xq0SyYmgqIKmafarhGpvl9ZFn9f3WFAq"
    "p4oeMQnYRF2JLJCa81blvDUa/NHKOF9cIaUguzJrIzuggdQTRARqkg/wRQYGn0rAJdIWC1"
    "bIPwGl1ebjA6lG1mn3uD/cP9zLxABMZuAulYtyB7jOwGRJCkqWQogS/4wlK7Lkf1PosjBa"
    "+bW8KYGgwIcPSJqS4RKuQkIoQgX+cONBJ+AzEQNsgsQv9sEC+j6n5GOXcywM1FSWw1i/gA"
    "tuZLHA/qswdUV8aXhBxhyz8NW26PXN/1BIYKkU3folOQzBfG2Eiw6FC4Zdq0SBr7fUJET9"
    "sdCMPvuQyjik9O6U2jiamdX6br/R5HS95L/rlnhfvLKTdX1zw6nKv80n3iTwGh2p1Qtri9"
    "1/CR1HOfg7Q2T2f7P/HzJRZM7vzYmjWso2Q2cK2W6qGQwXJHDLPCJ1GK+JDMCbAPYQxUQt"
    "ZS+hGGCaU5N2KNXNUAqtUMSzW03hLKGZxpumscDLKse50heQodHZn63qEzh7fvHy4vvzFx"
    "eJKyC5UucBKOnCwSaQLko7oBDiIOhWpNWkyPJGPE6nD7CjH8VDwqoc0AXCRrLwfMCnBHak"
    "vjOFjgjTEzYPOCWPSF5MjnAA7zn0WytAVzc37zO6z9W7nB/m45cPV9efnj7PLYeQYZqoJl"
    "eBzdWAUYleEt0Z1ykl0/WYTvWRdEETWRo1yTMP/wrvIPcRU+KKjBs5Z8MT7s+myowphmLU"
    "Fx2OThXzVWYtNBX9slQDFP92UG47tc2owdxlRXOtQD77rkl6Kh9VXTv+u+/yOOe28KZQ53"
    "f+4aHdsUZj9MVdomvMHTvWE7EI6aAtFJqYSmt9ppOYhO20EVOLf1sGGH+YqtL5hUFp+KjQ"
    "PMPb483q5yRIRm6MM8lEfkTkMqpVuEtFd4GSYJKGNFu41ZKHqqhJGSKjlypnBcbcU93kMo"
    "Rmj9Nuj8uocV6pYlErlyU0xyiWnZ+qiGVzpOxIjUkMuBo3A30j++P+RGFF8abU7drzOeyz"
    "O7lPRu62N2gm0MS0Bz34EWtMvx2afvUKvRoEpIwEtCwatMbEm1AM0Ci2g4YqHIp7EuYLNI"
    "U4TWNAbgCyMT7u2PhI0YI/XLxSDeMMnYHZKBOHNaBX6MKbLOhV6rBeJvTR17nUC0TW1Jwj"
    "C8LFx6K8qEhNAPcETDvoG9yhrZ1LKJMpZLik/Hft1M8Sbr0A9tQZ6xeIbTAjFBAXgVA73J"
    "ob7RaEFVCKXEtNNEnRDK/69HkDweS8ulFASa8LQrFfAvBnPiWdyvDONN2QojvPz16+SAI7"
    "xR91MZ2f+YR+X9wtZkhWklGMS8lSDW/i7iYwZTZDlo8fUZte1Tla4yTQ2klgmpIfA5dNVM"
    "Ng2ayV1+QtyfkainfHDXwmca7h5pCGO+le4ac7uwsrGkcXQhMPuxvLtjt3SbhAMiy6Evqz"
    "xTCKgAcxZcUQiB29Y0PkP/HEKuKfOXlAq0Jcv/H37GTFG3+PHs4J4+/pvkxbZj8pwFqtQR"
    "UIB+iY2IkWNePvR1S0ryyzPNYUE8sRtqwptier1k1YZSVq+zYOO4WLOk5zaAMo4wbJLKy1"
    "uewg73BX9cONH2m3JkfZHkxl20kIBrjddO8HNcaxvW3riTZQRPqSUlixp2eockjr1a+0iz"
    "1CyB+//1kKXKQ1tQAvRTl4AD9++XD96d2bAoZrJVMJwCzZ4NErnX4ZbbwNemvKwQOYMkYV"
    "cDS2xK0Q1dmWmGazgyBDk/bugTJ6w3KtWS43uFYrO0vZG1/Q6LMobir017CQ8ZLQB7CAK6"
    "67PiIgokwAIwskg2q2Vl17Nx0Qx7rNZEjT9WYqHOeCR77vlJXKqs8RW1P1JPTqcGaPVNFh"
    "RWt2kXILk3Z/YFawaMvMZ0VU0zTa4yl7wjl4gWUtawgic01YOp9flIUAGfCJcN+yrQ8oZe"
    "hbGU3zpGYLKdlCNHHqv0dc8aWVbTHSt8d1bn1HDgxbSMiRaqUKslvhmC8JF20qVVBNo5xM"
    "mduJqx3tmmz2R+qAFxwuYl4fbxvTmFhb09PLBDP0B1JoVRROrvZ1pUiMR7GBRzF2WKlM2j"
    "SN9tL1vqesiTAYuJx8m2owVCkt32a7EG2UmXNdi3ZXaToXbzoGOSlYdKE11aW1kniNlGak"
    "NJ0hPWyn6x3a5EK2P2FjAGeyRWXDRN599r9es0G1Yrqpla4gJpuwahNWbcKq5TPKwqqVnc"
    "cmUKQHfmOjy+7YbRz1cJpI8UIR5wLtMcKtWMqV8AepSf4pEmPpypcMe0SUIaaIaI5Me1Sl"
    "JpAyz4RueX+OmSzwc48fEQPCvrT16ayAvUvUsmzi8Sb3o1L21MTG+FXqnKMSw2J0Z1xnTV"
    "yux2zOqecSJaITimZ3sokgsALmkwWiTxhA3/ih4kIHYBsQyu/5CC74dfGTwjx40Y1wJctc"
    "CfmV0PsnUkQtSavf2Ws2WDpz/ZPCnxErvcmPMsZOY+zsl+yjkgyemfONTRYZqgHaK3ZgHk"
    "q2E2WcI6IBwmya6e0T7Y7bvUXqZTultE/q6OhzsIhtbGFdIil42GjqAxHJiNH2Ibem80gD"
    "8ImHXCD07UPhLViuiHdM0he8D2d7GaST8CdKliysAiasGitgzaEbtmnT1Uto0nrbzPlemO"
    "41sWC8ifT7UVmBwPjeuLY8YHrURjvGFzl9wHQFnnJVcJw2Kjx7Jc0G2I6NdtKEIE4b5MxA"
    "wBALrQxRpg0Tq1ik2liQ0lXRlLHTN22yZkTvSlITjMnCmCz6sn0qmCzS87yAaI1+lyUboH"
    "63E21a/lcB5nj8AP0Ip6dN4D09rYb3tJgWjMvcutXwxuM1hpf/ekKYcHkF1AXyyA4N9a6P"
    "fQcJA0tD/S2L/4uLBvC/uKhEX9zKgY/gQgn8aLzO4H+dc+yjuEQRJWRTyBWQGSWLMcAcXQ"
    "Rt5XihPWwzRuloc2oapaO50nG93n5GJXpH+nat6oFyAzdqH1+FQA9dAAMbI1FlRtSVsUlo"
    "FEhy+U9AXneIx4/jISWZzh0/e4OGEVMlnp/kQuzXiMpIlhUqNyqIUUG03kxVUvjyC6GpBF"
    "EgHKAasoPenvltRhVt40FVC6xPbeMKcOfIDNrN0MZsglzx+SU7yaa2lClCrRtTdrE/d9hv"
    "kn+tUmxAPF5jxU+fzfrAKQGawd15RoCHKCZKQseaYnjzt+OYFr6lchhbbMQx1R534VhN6e"
    "8u7NktbT5ZSmPzMTafjTafL6La4Kje8BOOGTe0/kyCZHhDG1AS2A44vIg+Ijss5ygrO/I/"
    "4rKO2OUXw107bbqBjgOmgQ/usH03Bncikusu7DgXFWK9qzIQ7f7Ff7h/uNENkfYyC8O0Qm"
    "e26HYnQrfG6/FihC8t1XLEUqS0Rvdei18hvONC6ArHRbUvW4T0x98dmz6yGkos1oX1/MVu"
    "YoxWxmjVq9NAxW9u4qL3IkPm95yGOOfIdMZZJjwmmVYipEmkX2H/dZiM9Urs2i4B6SAtLS"
    "wtxq61T7T3amTRG9/urSxrkUVRdcoQGs1JO82p1+kdp/tnattcg0P3uxgevpro/D+Gp/Wo"
    "RNWPb43rNPxZalDj2A4Ryc2Q44geDGGeWCT7sGLsBRcjaiI5Wj1pg1JswjGMZtu701pBs1"
    "WU540cr28EuOb47iIE3IS+ttkeeiHM6yUS/ejA+xqxSN5uIhpNZvHIjfJRVLxyOScOkuHn"
    "kM81cbMoANUP3dyrp1KgOeTpsFmY2dve1VX6RLVMk/6ZCoDnyIZ4bOziWPYc6Kp1r04o2n"
    "Wt3le9W9dZAVlEDzEEkt+83WFx/ettoX21h6iFXD/y4WZRrG8WlaXUuv5AtKty5YGNpSsX"
    "sDAjaw7ZXNjpRf1g4crlIxra6btrLmUCQIzkszfJ5+YRUYrtOsNQZlhjSWhC0iRqDQ0lPf"
    "/XGITq/aZmhuXjtxCO4gcq+cNSNEZMUhaTjOmnQ9OPCZ43YZu9YIA5tZuf2rdz/h0igPAN"
    "JYyFgBfO7OKg2hPbj4dPrPT4jcf1JWBzGcCYxEtGIYuQAYqgNUd2OmxyDHz+Dq6/WOgEZI"
    "5u6bFhFvH4S+KxkSJRcurv77VbCA/ysSqSQ0IwPLGhkWX4RY1l+EVsGTaSw14kBxNBM9BD"
    "rMTG09LAo7t1p/le1Z3NxjRyGsxC0UTae2ejhUd85Fqrn9GqTNTLjaiV8/B6bGyjaCLkWQ"
    "7EC2F2lh3VxmEBFWE5hS5bIholsnDRy3PgSqS4iK4uJV6srZ60WRT7fYS+eZjzPUlWMS6v"
    "vfhdjFC2F6FM9GS0sFdR3LEa0jydAbaqO6nKvpAhGqBftvuKggduSaob3HUGyV01GpWnbB"
    "H8f3y++VghnyYUeRkVWz74N2joHu8R9gKLDPbxlE6gT832NyXAiwdcmTC2Y1EUstWXE/lT"
    "kc1ZSsNm7disiT74AS2miLI59kYlumDq7rhOD1xkx21SAauZXJVbIRU2xi/kMyt+l5eTKv"
    "wmyeJgSRaUOEruiXj8AEXd7jNQzXk/2IMgozga88a2G1QqdIJVlIWoRjNFYuAsyzLNTNUi"
    "sj8SivC9+zMKFe93IrGgvP9gJGDchE/pJ6Drq+szncJlIoGkFif/cv69KIzy+cT3iU/v3t"
    "yOCtO1A0S/RI8ZKKSpFVqB6WHkaDGRSwToaH5XS87RMupWZDbZxzoJxialc7cpncwJSo6i"
    "mrioaPzgPHAvzptY2M+rLeznZWlPKtDG4/c3dUc/frq+3tV+kIX3/KwBvOdnlfCKW0V4J4"
    "+IslJXUXXATI5sf1Ezz3cFdBgyc/b84uXF9+cvLpK4meRKXfCM6ap6pOoyRRxS5rOJx4XC"
    "BXYDv+SgrVxGFdStVtOe0jUvOXrIjqNcRO1X0dR03WhMRL6I3eFJ055vHa87KY9jIZhziV"
    "R98ZWQd7AC98Sbz8gHyzkW+fS+7AzFfCxK+YraujZxG3ahHtLyDLWzNrtwlrI3c+BoNmEF"
    "51VKJU6cRCWZ9FcR8Y8/f0JOVRhMqVeqn+dvwdCRWTlLQh+YBy20JVJf4+cMCahdmnGk9a"
    "zEjhNb1aoNOdIwBS0rbq1iLDrDteigBcSOil6cEOhs0xldMiB+mP0ahG+SciYJfEDRPV9Z"
    "okaiBVlDQSYfHNwk+o+PqgkOLsT/GcPabg1rHmSMn0T2RJQvKQJ9i75VGSjyhBq3QhpBek"
    "/cM2yPwS9v34AI9a2luOtfbzMCXCHoLxNvGQ/PRwIaq8aRCNSZoD9xWAj7Huaf04bbpQ8w"
    "SpRuPDdKVL90g7UyVaIgZDStai1hmRm2mzhJ+ctMBWqtNAYjqu5WVFVtDd6HjuAjBz+KYo"
    "LAR2FOzKFbLRnxc6iiiIlBNUGTukT4bQyaPFDhBPcR+zD66GLRhPXdWvkPZ8dtLuntIS71"
    "uD52hFcRMwAtC3mc52NA0SN5EL1FKQiTvewT8M4XnUweOA0fKvqZYFvWm4WA8Rkmq2jyDy"
    "MuEveZTwRR/mTZ1zub1F9YzwWT4HNwGdYcDB0mJwzThdBWJdiFd8Dko+0wH02eY1yin64m"
    "qqpXCamBXA1yxfMuT2g2Y6PZHqNma6opHAWbY3WlBZ9zpMZn1gs+T0vq71UfhzmyLQ7D/v"
    "BW4SyMVPwWiydLadaObmtHwd+8S0PaP8h0VGJBE5fHdaazf0YDdhlXmbc4jcHva5dt7vp6"
    "JPNhmDpijFTGSKX9XqVwFuSnflNI83QG2CNwV7c0lHRfFjTZjpuimxAMEN7u7VAM/VUE9w"
    "rfV+ZZRgQ61/Yf/UTJkomWjcJPJdMr0SOiK2DNoXuP4jLiLJgKqimiYYIfahoLH6ZZ/tfZ"
    "2fn5y7PT8xfff3fx8uV3358m+ZbFW3WJl1fvfhK5lxmWlTUP8NHCU27HkCLbH8tOd7UYuu"
    "vFIJZVhE1J6GU9pnlandfCIbB1CGNluW71qK6ptJ2oIxEXiigD/LfG6cFc91gBCl2Am0Z1"
    "dQe0R4kQS5ShTtPpC/Yv604ye0UVu15Qss9WV8FOCEwR7C2KYCPm44V0v8j4k7KA+BqxpI"
    "x6SPvynqUNK2A+WVRUXKyWvXNkGieKtY5t2EE7+tjt2ML9XkJq1B6FCrzK7vcCobGGGPf7"
    "sfgcMp6lwG3jVUqoDHu1Zi8HNGi1iDOExm2oM49lN9ZWTM5SGi7rzOUZdjGbt2JzjtTwWW"
    "c+OwgyFGq/KgJtjkz7AJrRW/4VwrYvqiMupT0uNOgLG/6SYn/70nwKwm6IXvtQxDJ6s8x0"
    "Xmb8UQKbAp+rzYNriq3sg/3h6W7Mg5QSylG1lZzBWarh2aO697eHiC0QY/C+BOrqMlEFwi"
    "Ggve+iUB4lj9guax1SU6Y9RTMEzHc9w2U0ogrACcHw0H1+1qSsBB9VbVs9K5SWkP6wVl6c"
    "PKW2zknN3Tck8NuyoEBqeNDShUaRjcuCS35AFl5Ap9IGHlPlpcWQ7CQi7xsTavD84frNuw"
    "+X75+eXYyfhw03+LmJw0IR8RZ0USgSZHGBcRKwEu9NPcApsq0R1mxv7wRjfRILrh+RrCtS"
    "ll0Q3htvSDGYoGTY5uIcLgKULIGHKLhj6K870YIBAv6UV2BZiBgUSh2XdcGMksUJ+IXyCU"
    "NX4AGtwFPxXlGAlD/jWUk9jp29ZotC0+GzVMxGawqT1aCa1TDEmFvND+MhhuiHke6iek86"
    "nu/AZeVMuP5O41b6FAXej2DlfsXQ9gPTSIcksxlDJXN1k+65phuM7tlZT64IIi7s+lDFOp"
    "un22NPxwMIZzuxzbYoQGEinfR06Gmi434RrpJL+58B8xcVqm5+yLi+axEfzL89M3qj4vtV"
    "aJ1hahwD0AVSZ37CdU58H1BxaeZzTRT7YAmZ9LD7yH0F5GwVNST/Lv8lxNBHgm1RQ/LS85"
    "Br/524zmoMOI18IH8ORUV1eJ8v/8P9w72do/WzKQI2ns0QRa6F2GuuelPiOIEnaluK8AKu"
    "ewvtXJTBjB/jxp0ZMQVroFmLGpghs+RzJ6bUwMGVclNqoMOwmNzcVgC1SGnAzYuAlhVQ2i"
    "qgL0faH8lkdBO2w5UT41WY0x1WJx7L/3pry2gzI0jfJZihG7e0sbhMoW/NFTexNI3+21fo"
    "kpCiFAd6LIsmWIRvE1Zc2XxfO5vRsAa5P8Wt2dWcHmmqIRnY9uz5CNwQIiXsU0QG+tbQ9z"
    "EOanBM6Gco1ODYoEO0jm6c6D4kqp8hZ32CmAoNNEAtpnKO0kDdKMCPopmKapumGV609k6q"
    "j0wD6qrCnKYxMDeCmQUeogzZFRXOawJk8oQaAz66jW10om9Y6CiJbQnCTeM2LbG4e344yL"
    "5HdMJf6jIoLR2KRp7KB2ifQrsHe7VODtbKMOLU3fFmt2rzUOJqfNU8hDlrvXESGidh3/cF"
    "U498H90IK/2uNYnS1R7XIfiFdiJChJhJmJSRjqkGiPX5WQOoz88qkRa3jMf7SD1FFsKPLf"
    "sVZUgNo7VmtKkvu8dzKmDKQKdIDMiNQJ4h2RxdEecslYG6EdTQw5MHpFq5N0tljDRZTA+U"
    "ATxILA9SxEc3aWVgVXz0hteU8RlkCZl+xq4MiwcWtEQF3PaLoeIBhh9b8GMiC722Z0eB3n"
    "CjHTcogoy4/He14kUZteFEyzhf6aRkJKCWkjk6TzdE6aj79jEaRDPuKaJDkLwCqYBwE9eo"
    "wQQ3wXaKQUmxfi0yBa2oBaxIKQ9Y01k91FC8PU1tyQXxYwENHF0ZwGeJh6iPy7qXVhd4z1"
    "KZJpBbVHnn363uUc8Q6bwR3cwAP2/CShc2CJ1ZUWWJNkuge6PaXwF0feyXxKfWnrRpsp7I"
    "NYc7aeUMmDD8P0pzPEul8STXJmgkRIxPTad0Qm+COkVo0N6MtsORcK3VZFFycla3/M4Qtd"
    "L8dYO543Jv+qQb7VFWjxQ3ICREISbKFusMOQ6YEXogFfSI0wXCGl02RUtZaiWlVh9VBsHP"
    "aDWqTSL4Oaw90yiPYBIVqtlcnS1T8zuMJh+DOFq3pL54g/FbFArXI7R4c7JBHwNcTNqBqU"
    "3Wd3BNpPaRBPB6cOUQaE9sfI9YCa+vsMtPoQp7WYE2x+zpyg9taXrIPzezUA4V5kom68/J"
    "4qAcCQDvOXdFuVAI7MBzsAU76D96FRnLknnAz4qrdx8vP/1WXr74qsS4dvXb7fWlZmLUW0"
    "Lx/0hIy6Wo+H4DIWqeGrpRhLpCXG9A4I5h10J347iW69O7B+T5d4J7d+Glu2eikqyNYlaK"
    "XEUuR4VDV+K2aDI7ReCeuOgVnwsIPCKKZ9HYojC21zdvIdaJn6Mi0sXjByfOddINo6bzi5"
    "gHqgdjQmSORO2ORJ221/ehNe0tCWjlFpse02CbjQ1083j8xr32LVnyrcpdAQs6DgM+IQ9g"
    "zq85xL3PNbDiOsoYiCePQZLSO04ctWMgf9UYTAPrAfklmu5uX7XFbhqjpbLIY5pdrPGD7q"
    "99X+F127nRy005AP2BNekoJh1lAOko4eFchLi+TdeaSufinaNraM2FOnj2/54+/1/fPwPi"
    "qGeifYkQZsR/hcVBFOaeSo2ymYmhw45epoTznkO7dVIsPsmmOLV6RWpIA7Ui7LKjoFWUOr"
    "VCeV5EUqFHxG/afM24jFM09YpteIDRAIwGYDQAowH0H9gDF0wYJqgHLGGjG6DDrGFzhCgf"
    "rIjNEWJtzDLGLDMAs4yxDBwy6ds0dzoU9H2sjjM4JvSzQM7g2KBDOQTdOGGKIPQPYn2yrV"
    "pBvauCNp3grIlD4ybwp+TbB8SEI2JU4s7IDhjXOTOIHDpZpMZu9GRcgmh4WAEBAossFtgX"
    "3XFkTSoRlLTADNkn4BJQshROQeF9QCBwfexIP2D8hDlkwBZOQZGWJYygRb/H7l/XpKUJfI"
    "RYzmwR2296mOzDTlntshhit3C+JtnDq9Sc5WuQUDGZxYR9HbeND+97wdTBbN6u7EgnAcJr"
    "Zsj/KjAjHq81M25jBoxFULsftwRrA/fz09MmJovT02qTxWnhmI/yT4q415R4WZOY+i5b1H"
    "cRp6PShE8INC7CMPp6/gbIH+pBKnrfRY3v5AnbZtZ3bwflaoBAqUVaXpbSpCBoGJ6QcvSm"
    "BS1FRudp+8Pq0dc5cuWKo8iBK5kqxZBrc0EVPJUZes+arcJBTQUu5C+8MntBfcBkmm4wtV"
    "jbhkBqorT+4sDSrEl5fVynonrxiI2K6Y0rUwpF+Js4v2TC63vItZ35z3wZieorIsWGC3T3"
    "LJdcY/HXjmPaZ6+5khk/h8vfrgitA9YcuvzLivrp3t66RTCfeJOKyBKPH1xyZFdVo6p104"
    "iFRbQrt6sUxZAM+J0VkBqigqlNdIGsJTtZYJeURHHUOZ9yhBpXPhMWROL68zHALpA/GIhy"
    "m+y1fNYrMF0BDnp4tqhM8H17qERpEddSqgOYphngcjhvsplX7+XFbjGWE4gm9e1c4gVijd"
    "eE5t5Yws9EkWXhITp5/qDoyCoS96VyYLgfQcDXsw0cvMANN6TOvYgMwTK1q3LyJ+MHNOU7"
    "k1+iIHQVPNMkBtLqXD65xvmRHvglEuLGyL0ctRG+S5CeQzbhz0dwId5aPBEJcRB0K9LB8r"
    "T5GlmcuIcQ151uNzfvM9a1q3e5s+7jlw9X15+ePs9txUXg0WyGLB8/osmMkoWqJbRI3R9b"
    "6NGYvTUxzV0F1P0UyE8umOeSe+M6E13YwCMetslOV83fJoEY8l3yzXGyBmFYPtlEZRw2Kq"
    "PAmaaAF1lqEvVyVpp4jhdQrfeEpOmGJN50UQ9iyMlLo7+JOvMAuquGFi2Tw9TOsCg+cMw1"
    "do+iGf4Gltif879m2IUO+JuMHfpbGw7sJM1JGD1VeBCP15wFIrhPhqsIu9s46k4koYdxf6"
    "L4Sw6/EEznHNM5Z3hom7yOnVtkvTJBpRZer1RMMdAWoPUxokrNEhOCreJoNdsj9hFGq5HB"
    "4zbiQqnFI7w53mjy8JNxCkWFo85QsoyY7CbKpGM6igJhJ+AOBjZGroVET9S7sDK/mHJpkQ"
    "bRJwygbz6iQtIUlcD4TRH0tqorMryPV5fYcH5PVYxKXhDnZKTfKP6Oo2H+bBrbZIw7+zDu"
    "mCphHZpzTETTui5No+yYs5rsmLNidkxhk2kKdIFwgIg/f9HEtJD3haQsCy8q4Vbs+52nGy"
    "DYOym7ZEJMu/ZyMx/6QYkOUD131xQDnLXdbxEaerP7o3/1wpldzm2ftOd1SGs4rTOnQ5Vy"
    "EgaDtyifU0Lel2BN2VJY1JIIPyLK9JkR+lq6gUjgA+yPgUu48k3vsdvMAbGLmjsmbXb4Cz"
    "GpCNGC0Xlas+XqxmlNDKe/ROEPv4j9elSWzZkZMK5N64yGhpt/MyPqpSvSKJ8wQJYukHTC"
    "8Qvj3meY8xxBO65dIOzwT4RRU45kd6/4FRcxcVs4hMfgy+cfZOsEmbIpiwthuYGX1CDa44"
    "ubBMGlbGupiJQwaMKEwRlLqd5brmn8pVcO6DCjs9raPnYRehUeBEWIa6o1JRSmWNMWxZo0"
    "tDv1iCW9kI2N4ekYOW3MGoNlsybK7ifB8xDngp6b3BvXqbg0PapBWV0qav1ILXFd7pYrhn"
    "LqcX0RLWWozZIEjg2mCDyFwKYrQAP32QkQBSutgLKwZKjUQiHzw6qVwCHkQTzCL6uuu6e3"
    "qqm1/P+NHmv0WL13UwU9FrMJXzUTvmqKgNbmUGcJTQJ18wRqIbK3EA9SZEY20E42yMRtkx"
    "bsTYgMc7VmroivUYqRTAiGaJPqPB4nFNraaE9pQrOGtF5DEa/UhLgMkZHjCoWxUJkEV1MX"
    "LqYYTCHifZc9jMw105VyNHcJqTkcmhwOa9wU9448odk/TDTWMZ68M+y2DcbKkRovhG581s"
    "w8/SZKyhzVmKmTMeMm5uqJlR6+0W4t42CxH5WqZ2HhmSRXFDx98uRVZFomM+CSKbFXT9iz"
    "XCn85N0inzSm5X88K1qs9/C+LSrtpx6scnLmyIy1WtVaneKhkoiYJRugeLiTDDTp4FEskL"
    "2mGVIK2v61IZHCP5kivu2V2MeaFFxJER9jcZDz0xYtiydw5itXYCnQGrg3wi36abeb3FlK"
    "A3UjqFtN6wyhAbppS+5W07pIbABvCnibyV2gNXBr3Ar9K5rOCXm4DBv+jUpU4NyIcZ0CvA"
    "zHTmBqcKOmcz5XK2Vrcv5I/IjoKqdtxpeltukGiymiJYrtVk/aQmVNPVNFZc2RGZVVVWUN"
    "2VeEvFKDWhMMSYPqrIiHCVjr0FHRovmucUzoabBOs9XhsLvWarJQ6UaUJTJ7j0IBofry/J"
    "VFhPrc5KmL2vyIUkInql1rs1SmcPPmws0hYgvEhL+kCPUt+lZlzM0TDgHtuo3++tfbzB5f"
    "SE5M9vn3Nx9/iofnMxaz6AvXlAro8XidvRQjkRIyw5T54Az8fBWXRIAuW4aiqx5s0Et//S"
    "FSpUbVCmwyZNxEg7XToxupsNFSlp3K+Z/ItT3CGVKupdYN3kIRNXk9Jq9Hh81eQU2Kp74i"
    "ojkyA2u+IkW4wSiimqUyoJY57UM8VITqDJXOokfb+NlGFaif11Sgfl6sQG3SV3YaoczQX0"
    "Vw66Pw/9LddjH6iZIlA9OVlKlkJzEkZLgo0K2Z7HyYqJTIYaLU4TpFojVXrjkPwBTdBw0L"
    "eHZtWeJvK6scVAlsMl5rVK8EoIBh10IilnMJGVhAG4lKA7KCAEWRCoPsw8BuCx+wsg18Td"
    "UfO/jo6xy5ggkLuBIFHnz4gNxXQDSKcdE3H0QrVVaBEKo8CtvtifsOgqzhxjQkIzpFPl1N"
    "AtfHJVXT6idIjrRHs+QjiWeC2A2xy4AMkeBTAvNDK/Dl3BAnV1xAhK+F45sackVMZCtKFc"
    "0lR7aF6tIfk6qC5iKOhEk7F0uO1PhZisBKW76KrpKlGoLlfw8NMk3a3/B3/8CzW7I5S2nY"
    "rDWbTXbncPmsl2PwOvITjKodg8mQcRPHIEqPbpDayRVwAGXxe66jcxYLl5/QEYljn4DPiJ"
    "9O/BrkgxiCDrJfh5GrSJQOFLrAA0Iek6oiJUuZqSn+Han2GLGy7M59vNI4KbWQ8I2Tci/q"
    "U0CVqrtHwwfoiDg7vWhS3F0Mq2k3elEo757+cQpA58gGCfgOuruuPZIl1oBLSuFqkyezzB"
    "SgV0H90Uf+sWwM7vhBB0/+dieMr3d/u9veoHb96+3vf+a97Zxl/BFWQKmI81U1sZSQ6+x7"
    "OISdRXz1xEN0whB/Scm5Vo9wCbkxZGUAxoyLtuIrS7DdVF83RWjq6zavr2tjJnGb8B2KKR"
    "58RdLhWRG7j3pIYGvhmMySGruDbnaHbHSLUHJLNjLsQloh3Kxp8nvYyg/lnQFtYlHzn4SX"
    "fM1cvft4+em38jDwq5JmQVe/3V5fFro0oUdMAjZpw4AS4pac6M/K2hMj2rnaKx9iNj+dNz"
    "/xacgKwq5bEDsBVQp/qiIfTPndziKcBDqi4pwMwlL2Y+SJe7OoUglK0fxIAlmi7jUssCzE"
    "2Pa6dt+WngcDxkXEdrttjrY/8+GL+MmC+y5wiT/nzBbRSwyFO8RxzQATp3BUbDY11U1NdU"
    "3XlIJ7K/L+trGKZCh7c2QdzZ6lVzDGh6jaQXUsxod1PYTNoRip4gkNi2zP+UP5/LPHALtS"
    "XJUWhTDgOkwVisM7YgkGJHei2O2KctpdPdnEVWixN5q4ir0cPKqptCaJVi2Jdoj1UTo5u3"
    "dRjMaofkaM2q0YdYkotuZl4lN0p1Zsgusxm6SlasZ2LJ9UWqFLD8wSm3MkY2wnl+w+QmNL"
    "m3O1OMIFSKYYNJciGcQ+v4duHWJRKSAcDR8gujuRUvgb/chYnEX4H59vPlY6qWKS/HGJLR"
    "/8G+gVjNjFQSnAqJdZ8uJJ7vATDzh45bb//H8A4yS7"
)
