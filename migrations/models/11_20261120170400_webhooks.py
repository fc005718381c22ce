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
    "eJztfWt32za29l/B0pcks9Qcx3adnOSss5aduo2nSdyVOG/a0/bIEAlJGFMEC5BWdGbmv7"
    "8AeBHvIqgbSOHDTGMSm5IegMDez779czAnNnLY8+tvPqIudG5s5PrYXw5eg38OXDhH/B+V"
    "Y4ZgAD1vNUJc8OHYkUIoGj3C6eFj5lNo+XzABDoM8Us2YhbFno+Jy6+6geOIi8TiA7E7XV"
    "0KXPxXgEY+mSJ/hii/8fvvA8xYwP/Nb7Ng/A/EH/znn/wP7NroG2LhmIAhyr9EeMd7GE0w"
    "cuzM7+M3+S15feQvPXnty5ebH36UI8XXGY8s4gRzdzXaW/oz4ibDgwDbz4WMuDdFLqLQR3"
    "bqZ4pfEUETXwp/Eb/g0wAl39peXbDRBAaOAGvwX5PAtQRGQH6S+L/z/46+WmrYaPTx9m70"
    "+fpuNBooYGsRV8wLdn2B2T//HT53BYi8OhAf8Pbd5aenZxfPJASE+VMqb0q4Bv+WgtCHoa"
    "jEf4VyPA8KUKdEtol3fGEF+GoxxlDGYGkGb2rRJks/i+bbGaQVCzeRyIHJv1wHYRzM4beR"
    "g9ypP+N/nn7/fQ2u/+/yk4SWj5LYEr4JhdvUx+jWaXgvi3G8qSiAnBIxKDdDGc0hdlQwTg"
    "RaIRxtrroCfN4I4PMagM/zAFsUCThGsGQl/8Dv+HiOypHOSubgtiPR5/E/Ori8a8C+u/lw"
    "/fnu8sMv4vFzxv5yJF6Xd9fizqm8usxdfXqRm5fkIeDrzd07IP4E/3P78Tq/wSfj7v5nIL"
    "4TDHwycsliBO00JvHl+FJmmgPXwe5Dq3nOiW5hovfzlg1ufOAgnwGXjIm9BNh9A7h2CChZ"
    "AObDJRsCRvgV6PMR/oyvBDAOfIC5hIco4+qU+N2MXwBwyhfF4CgWjVCEJw8pJU1cGEPrYQ"
    "GpPSrcIaekamzx1vx0nr8CXTiVMy7QFN8zsiduXXTHF9MdeUDuoMTeyNyvtTWIyw0DPpRb"
    "B/HYdYbG4KtYFBCIoyRcQmJR8O3ORhTY5Dm448tIPg7g8B62AXT5/wDDUxf6AUX8F/FPFv"
    "eZTyiyn+eXz84+pMQYqrZ7huB3bo15mK8a8X4bO8jYQbqfvQp2kBdQPgKp6I8pkR7q6C8u"
    "GmiQL/JnzkqBFLcOqqDvCV6+OSOKxNG/gHxzRa7f7PQ3Crumm0YndK/Me7U6lBWnOStppl"
    "nraeandyubjHXPHjua+dXEhPqELPKI6PIt/3NQYkJl7g/rTCgajeQLMBq6VVdNC6+MjaeI"
    "lbw1V9iFdFn+zqxkcq/MeOkjthub5DBvydX726vMC8L1iaubj5effnv64fLXZ5m35P3tx5"
    "/i8enFf/Xb3fWlsVb2aa2Ys8CcBTs7Cyb8h8wq6bTM/TVngRypwqbdToBgqRhijF8ZAuwC"
    "KFjY1wBBaybYK7GE+RiLC08IlSyti775Rc5ss0c1OXuiR5vjR//jJzVVCidQVsocQoZeOJ"
    "azyNALRzfNRqXs3/xqolLeEd8rUyXl9VoV0o9H7JJFqNTd9DFaj8OlyRBXDBR15ZXMtnTl"
    "HbmJrl2LLj3+NUDgCr+9MDcwBxXybyLGPGHgAS2b+Y72plEbZe8ITonMNBN3gum83UTnZI"
    "0+oPNMO5D5I+Yjr2y/nd64fvkkZ8RyM4xD3/cuXt8Txd32dhLxOQvEfCCcEWH4nvDRQ8tC"
    "YiOOQqI8yLihD/wFtlCz7Zf/Qv6f7/7z9PTs7OXpydnFq+/PX778/tXJKz5W/sbirZd1e/"
    "bNTzcf77JLQVz4ty4K3Beu1XwOyZAyPS59u1adk9oRS43cj3NoKKPMTACbXtqePtq1vqeK"
    "Ahs35+8BKUGzOrxqJaF1fJXYnxeE2kMQkfRhAhIgEwBdEOcHgnR+oBb5KEZjPiI9CiG3xU"
    "TnZbsz1SLq0Y2DHsdoGrji7RS/B0RuP2RvbMt2bi0YqvwoppmiR9IuQSoraQxknWcZl1jG"
    "NVnRZQZxDzJJz5toRufVitF5QS+SSjy3M12lhOisVP9wPjs5aQA0H1WJtLynEWXAr7/nk+"
    "Fayx9gaSGQ/JBhPXXAB4+ccPTIhs3qgAx+oXgO6VJQ6+ApoVNuPQ4Blx4CblI8MA9aSF7y"
    "KHnkFgQdAvnZQzAOrAfkDwFziP+sGF20xedu4KCKYFA5gSKRXWgYugYZdeTkqWZKwvWlQp"
    "SsJAxPkjt+0u+nCqR5OQNsPoMy2upUTvW0jM4kVMtD/aJJUt9FdU7fRSGlT54iSiRfLNBD"
    "eF+cvmqSo3r6qjpJVdzLIhwe0EWIP8+h41S6xVZS+/OJtQlCiEKfT//36Yv/ePUMiKOeAc"
    "iAQ9yp+K/gV4VTbIwmhKq5w85OX14kDjDxR53L6/OHy/fvQx9XplIS14pUoY9ldAa++QLf"
    "HpYU8V/EfFbEs86/m5bqE6LH5Kzl1z8Rxwm8twHzyRzROgOsOHK43g6jUmhkRVLbt8eSJ4"
    "s/NrTBKp5l7C5jdxm7y9hdXQc2tb2pGAY5sR6aB7up5Wk0VKOhdlVDzZZ5DCFSwj4lZKBv"
    "DT12vcAP06IV135e0kxC60kggd92FgqiZhpaT4PFlZtRwEr2oR+Qxe07pyrXYCWWt6lCue"
    "eRfAdnogbUH67f3vDD9OnZyfDFqdRbuAGFfZTWaM5PSkIRbVx2ztZjvJIyEK+DmKJH5Aao"
    "xVLOSRqoy6DWl1v7IO40J9iS4UN1lk0O3DHXVghY2Cb5VvNww8YZNs6wcYaN6zqwho3bJx"
    "tnYk5MzEkPYk4MqWxI5V6wOYZUNqTyMU+CIZW1mAZDKhdnwpDK3YPYkMpHRiqv55HVqOPd"
    "58ltOz/OMMKGETaMsGGE+wOs4SgNR2k4yt6Ysoaj7Dg5YDhKw1Ee8yQYjlKLaTAcpZLCbT"
    "hKTSE2HOWRcZQ/IugHFK2nKlMDh40Zy0kotH3mEnp4xMfIf8cfsgtGs8XnGKbTMJ2G6TRM"
    "Z9eBXW19KrBmpQyoOVBXZ4gKvZmV6iHHacKJDVXfA3gNVW+o+g4haqj6Y4HeUPUaTIKh6r"
    "WYBkPVF2fCUPXdg9hQ9UdG1YvGnOt5+njUsDFJL5ux7LYORdTqcbv1J0oearh3w70b7t1w"
    "710H1tSd2CdRXNm7eE0DM4OyqbVreMzDI2p4zGOB3vCYGkyC4TG1mAbDYypp34bH1BRiw2"
    "MeA4956eGfUSl3Gd0Z1vGVUVRZI4ayGt717ODvKbaH//+flWyhGt+xfZZjPT84+K9J4FoC"
    "EyA/Sfzf+X8P9r9U19IehqwzZF2XgZX/LQBazR3F4/tIHDXqe39a0/f+9KSgIHjB2MGWIk"
    "GXEdoO0gf1yeQCDS+axBnm/S6pMMOLAjuHuNLqj2w8RayEprvCLqTLCpIuL5qDe7z0EdNn"
    "aQ/efbh8+93nd5en31+AgD+ayj65mMMN+XcRo54wEGkbG+0hV+9vrzJ+Mo7/1c3Hy0+/Pf"
    "1w+euzjLPs/e3Hn+Lx6f3m6re768v8XFnEQyU2ySWlsGqOEpHc5DiYddHkrnNRXv969/uf"
    "RTtO/LgRLFnb9U7erOQufL0aQ9kNb+9qmtE3D/PHtZjmrOQWpjk6HMwsb3+Wud1PHlq9zF"
    "lJM8s6z7IDJVHZap7zsp2Z6cFX7M+wCyCYYzfw0WuAfYAZWFDs+8jlWgoYQ9+ahWf5cS0I"
    "rp2RBZ/SFT/UWP0pirZTg/a4CEjAJ94fAv7VN5/qMpUodMKMPNGKSq41NVdOqXgrd86eQL"
    "2dhLn6bMj1fUqC6Uzq/VP+xRZw+QYs0qC7DbX/A7l+Ip10vBw9cJRU7OIS0VbWsWYH367N"
    "4xRsauxZQXAD+kwzzLfDnlHkOdBqA21RUntsB3d8xxFBzvxUX0AGKPHFVwI+2XiPXwO5Lm"
    "6gwMb+tevTclfQ6u6w1h0kxo1QMnBt0PrXGQE2tsFiBn0OtvzvkP8/16iga4MJJXPxF0XF"
    "0HQ1UXUX0xCkr0DpsSm/5/GvZGEPOpXSPqT8c6sf7huPlvFo9efoULcLDYnXBTsv2QObKr"
    "UrCZ19agOXBO5zT1ATj4iOh0AYnfzwF+a+ONCeh/PWQt/dflmP1VmjamAUJXWeE20MjPzh"
    "3vR4yMuZQyJPc4Q6kQREYRnnxHq4hs9OG6zhs9PKNSxulUKttoAzQtobcHtevNYMutMyV+"
    "/fP99+rCAcViJ5PQdbPvgX0MvjO7hCE0KRtKXgxBcVNcN4AgYcNPEBCfyNTWMBVkb5iRdx"
    "4oZPre+3JU548YCr8hQcxbCUrFT/mLftayLYU8E3HN0/XM+bJOSdV+fjnX+vUSzw2xmyHj"
    "wivAMlJFDq7nA9CWRlR69lgi4Bw1OXa91MMG9z5PItZgJmZMEFKN+FALe3nzDAd1GullME"
    "+fPt5+DS85Brf0dcZ/kGeGXFChj6q6Suwc4/bYOCB/wZah6fSGA7KTuHDabbo9fGcEF70Z"
    "RmkM3KlnN12GIsoXe04jZg3FUcouHfesm/iSNL1htWe58yYualUnmpNNHL3iGYVRHS1xvo"
    "YrN43FotTLhBI82IazpCJ8rqQs/Bp8i5K8MyAHpEXAWSkU9iMEP8sW8A5EoDnk4R5aYitx"
    "cxV664ygSg/Qhdq8SVt7dP3UAr00UpOA533GF14ENbmAeJXTKKmlHU9ES/c4raivsYKW9k"
    "RVmd9zR5dLtogZgPsoyPrttcCt8WOUd5YfMiav0iGovpSC2mz9wkGJRYTPL6cL3FxOJx63"
    "lrF8h4R26rSBNFRI1gbn5kzJfWNPWWH25Yad318WqTSC4ERRM0LbNfI1R7XloXe17fY0EB"
    "TI+iR0wCNlI3Igui5rxVOW+NBX+0Os4XV2gpyK7M2sgOaKD1BJGAmuYDfJGBwZcScInkYs"
    "ES+c9BaeuA+ECq0XXaPe4P9w/3MiGAyQTcp3JR7gG3GZjMKqRkIZQo8c9YsyIL/jeFLguj"
    "ld/ImxIICnz4gCSVDBdwGQpCESrwhxsPeg4+EzHAJkh8Yx/Moe9zST52McOCoKayksnqA7"
    "jiRuZz7L8OU1fELw0vyJhjFn60zeXEHwoJLJWqW7c0hz7Q10a52KJywbBrlRjw9UxNItQd"
    "hmbw2YdUxiGld6fUxtGMVus6f6PJ6XrJv9cd8b54ZSfr6uaaU5X/Np94o8BrdKRWv1gb7P"
    "4L6DjKwd8ZIbP/m/3/kIkiM35vRhzVKsQZuWOsQXx6rlLuGc5J4JZ5ROowXgkZgNeWLBcF"
    "3seQYeWq5RnBrgAtXYMexRYSKg1xEQirr2+sxbREP6AUuVZJL7m6tk0rmT4mmjXJM6tOMy"
    "vfQETRIULVXAV5Sa093l+F0S4yAgDX7L4LPCBez6bZwQdxeXtwKTIcRnEXMpVXoEy2h6/C"
    "ThprxdjNuc5O1HK1C5IG84Yt4zy7ZT3ZrGR3aIOjDOzwEMWKr1Qi0cNX6VWDF+lV5Wv0Kv"
    "8SiWe3Mgeygl3RVA9nEgi8rHKcK5WljIzOmpJqfMXpi/OX56/OLs4TZSi5UqcDlTSjYyNI"
    "56hke7gixEHQLQc2LZZ3iHI5fYAd/CgeElY4gy4Q/qa55wO+JLAjueMxdETKg/AfwTF5RP"
    "JiQocAOOXQb2yGXd3evs8cF1c3OU3045cPV9efnr7IvQ7hhGlC814F9hSVpjtHd4Z1BO94"
    "NWar3G66OJzsEJDU7An/Cu8g9xFT4gpNUa7Z8IT7sykxbArLGSpYh6NTxRWYeReaqn5ZqR"
    "6qfzvoOpPaZtRgNr23VczV3BbeFOr8zt8/tLds0Rh7cZfoGtfRju1ELMJjaQuDJpbS2p7Z"
    "SnznZtaIaUm16QR0gkLUyuj8wqAkPiosz/D2cL35OQqSkWtjdjNRtJG4zBASoWeiyVZJYG"
    "5DmQ1ClJKHqphJGSFjlypXWIhnT3WTywiaPU67PS5jxnmlhkWtXpbIHKNatr5teybhBikH"
    "pcUiBtwycDU5n9/KQKWfKKwohJm6XXs+hwFPo2kycpcBwL9ng3axbXqKGOpX851BgfrVK4"
    "y9F5AyEtCyzJoaijeR6CEptoPmdByKKaFqMacpGQNyA5AN+bhj8pGiOX+4+Eg1jDNyBmZj"
    "TByWQK+whdcx6FXmsF4U+uDrTNoFIgN9xpEF4cvHohzzyEwAUwLGDRvo7olr1yQnZk9dRn"
    "+B2AYTQo80HUbrTh5bzobxKCYU+yUAf+ZL0qkM70zL9Sm68+z05UUS2Cn+qIvp/MwX9Pvi"
    "bjFBsiqfYlxKVqp/C3c3gSmTCbJ8/IhaeAjyssZJoLWTAH3zMH9cm4nOSG5hmjV7z/o0yy"
    "aqobfTrJXX5B3J+RqKd4cNfCZx3Yb1IQ330r3CT3d2H3aHiC6EFA+7H8oWhvdJuEAyLLoS"
    "+rPFMIqABzFlxRCIHX3Gmsh/4om3iP/M0QNaFuL6jb9nJ2+88ffo4Zww/p7tl7zN7CcFWK"
    "stqIJgDx0TO7GiJvzzERWtwMuYx5rCrDnBlvVZ98Rq3YYV66IWukOwEEUrRU3MGbQBlHGD"
    "ZBLWLV9sIe9wV71YjB9pt5SjbLWqsu0kAj3cbrbvBzXk2N629cQaKCJ9SSms2NMzUjmk9e"
    "r9vo09Qugfv/9ZClxkNbUALyXZewA/fvlw/enmbQHDlZGpBGBWrPfolS6/jDXeBr2VZO8B"
    "TJFRBRwNl7gRojpzielpdhBkaNTePVAmb6Zc6ymXG1yrNzsr2Rlf0OCzKBQv7NewKcSC0A"
    "cwh0tuuz4iWdoRMCLK8EVxbMe1HBDHus1iSMt1Zikc5wuPfN8pK5VVnyO2kupI6NXhaI9U"
    "AwdFNrsouQGl3R2YFRhtmfmsiGpaRns8ZRFtB8+x7AsCQUTXhG2I+EVZCJABnwj3bcMixN"
    "uEvhVpmhc1W0jJFqKJU/894oYvrWwxlr49rHPrO3Jg2I5LjlQrVZDdCof8lXDRulIF1TLK"
    "yZS5nbja0a7JZn+kDngxw0XM6+NtYxkTa2v6o5pghu5ACq2KwsnVvq6UiPEoNvAoxg4rlU"
    "WbltFeu973kjURBr0tGRIqwnepZo2V2vJdtqPjWp051wFyd5Wmc/GmQ5DTghn6y1SX1kvj"
    "NVqa0dJ0hlRsGQUw61qBRQI6W2OSkwun/QkbAjiR7b4bJvIepgOYasV0UytdQU02YdUmrN"
    "qEVctnlIVVKzuPTaBIB/zGxpbdcW3RqIfTSKoXijgXZA3ca6svEf4gNc0/JWKYrnzJsEdE"
    "GWKKiObEtEdVWgIpeiZ0y/szzGSBnyl+RAwIfmnj01kBe5eoZdnE403uR6XuqQnHeEe8L9"
    "6ghFcMbwzruESfeKPAa8QfDm752o2aCr4Jw05W1i6R9/gloYOJBoMecm0+JUVffOunmFLH"
    "hoc8atLM8JDG9XZ4/VmxnqAmhRz7D/QhCjfqhupOKzeGr/1ojl1SYnjXOS/ykjp7MVRjyv"
    "bssfDgUnS3HFkB88m8jAGpad1YItvDZb8Taj3GTqQ8KTbMLEgazNUwV6vckJXS2HqXLIlH"
    "ySO2EX3SMElhD7CbeiS7rUcCsRNQJYBTIt1Zz8AiNtJmUUeMS4kWXq21pET6pLGcvjh/ef"
    "7q7OI8UVSSK3X6iWkIe6QuTRd980fRy9BirkvEzYRrPeGWA/kk2CNus2FH+dXOC3cmz33w"
    "mRtFY2IvBfEu00g3dk91buon2MVs1mpPz4l2ZtqP5hXXxFv3VRLygxJ3XXRnWOevW6zGrK"
    "+ATRZ8fY0omtzLVxrExAdXTvmhhKgLHYBtQKjwuCE459fFVwqrVovzaimb0ohoM0KnT2RA"
    "WUkR7J19zJq8BOQ+YkrcedSIKfwacYhq8qVMaoJxCXZLYVIp3ZxZ840DjDNShrVoEsydbC"
    "fKOEdCPYR5Nx2Gsrt6U6xzYj1E+1UDrF9VIv2qIpC0RM1tEEJapuHq6pMdfA7mcUR82EVE"
    "Kh42GvtA1B3BaPMCOS2DS1HvW3umwScecoGIjj0U3mLKFfGORbqC9+EipXuZ0vcTJQsW9u"
    "wRMchLYM2gO21K6x/EQ25Y6TZr3jAYCg294viJEg7jbSq2oqaZV3rUWh7ji1w+YLwET7kp"
    "OEyTCs9eS9oA23GIvaQQxGmDnAkIGGIhyxDVxWPiLRaF8SxI6bJIZez0k9axGdFnJYXEMo"
    "HNq3EmqtlQGNpvpwoURnrdFxCtsfeyYj2093ZiXcv/KsAcj9c47qItvCcnTeA9OamG96RY"
    "1BerhSTG4zWGl397QphIWAuoC+QRHhL3ro99BwnCpVXs1sV5A/gvzivRF7dy4CM4VwI/Gq"
    "8z+F9nHPsoQ0rk+NsUcoNkQsl8CDBHF0FbOdt/D9uMMULanJrGCGluhFyvtp9BiR2Svl1r"
    "iqDcwLXWyFeh4EMXwMDGSPSIEF0hbBKSBEkl7ucgb0vE44fxkJI6xVt+9hqLI5ZKPEHJhd"
    "jPETWBK2szbEwQY4JovZmqZAHmX4SmGkRBsIdmyPZ9qYVtRhVt41FVK4uV2sYV4M6JGbSb"
    "oY3ZCLni55fsJFeEOAi6FUdhRjBfg4xLdhDvOm/G7e37jJ57dZPzbXz88uHqmu8tORdU0e"
    "XBf61SrEA8XmPDT5/N+sAZ8prBvfW8bQ9RrJhQmUj0b/1uOcaFb6kcxhYbcSy1x104NlO6"
    "uwt7dkvOJytpOB/D+azlfL6IXmGDeuInHDNsyP6MgmR4Qw4oCXQHHF5EH5Ed1rOSfdn4H3"
    "FTNuzyi+GunaZuoOOAceCDe2zfD8G9iOy6l8z6fdRG8b6KINr9B//h/uFGN0TRukkYthU6"
    "tyF/sgjlGq7GixG+ZKrliIUoSBvdeyO+hfCWC6UrHBd1rmsR4h//7pj6yFoosVoXduMWu4"
    "khrQxp1anTQMVvbuKk96JD5vechjjnxHTGWRYuSDKvRIiTSMfC/pswOeu12LVdAtJBW1ow"
    "LYbX2ifaeyVZ9MZ3+yzLSmVRNJ0ygsZy0s5y6nS6x8n+J7Vt7sGhu9X3D19NbP4fw9N6UG"
    "Lqx7eGdRb+JDWocWyHiOxmyHFEB/UwbyzSfVgx9oKrETWRHK2etMYoNuEYxrLt3GmtYNkq"
    "6vNGj9c3AlxzfHcRAm5CX9tsD51Q5vVSiX504LRGLZK3m6hGo0k8cn0HkJC+X8yIg2T4Oe"
    "RrTdwsafNRO3R9L49KheaQp8N6ZWZve9e20ieqdZr011QAPCfWx2NjJ8WeHeiWVGe9pBRW"
    "NK1MJHIQO5g1SaHfV7dK11kC2QILMQSS77zZYXH9693vfxYDaSzk+pEPN4viZ27EO5WFCL"
    "KSWtcjiHZVbjywoXTlAhZmZM0gmwmeXnT/FK5cPqIhTx8WKTg7fXmRlCUQf9QVIvj84fL9"
    "exMAYjSfA2o+t4+IUmzXEUOZYY01oRFJi6xViX6heA7pUr54T6U8/9cQhOZ9CTHUYPwGyl"
    "H8QCV/WErGqEnKapKhfrZI/ZjgeRO22YkJMKe2Qn/SGf8dIoDwLSWMhYAXe5UWBtWe2H48"
    "fGSlx689ri8Bm8kAxiReMgpZhAxQBK0ZstNhk0Pg88/g9ouFnoPM0S09NswiHv+QeGxkSJ"
    "Sc+vv72A2UB/lYFc0hEeif2tCIGb6oYYYvYmbYaA570RxMBE1PD7ESjqclwaM7u9N8r9oe"
    "Z6P+vpgXRdMXRRNt78ZGc4/4oq/sz2hZpurlRtTqeXg1NuYomih5sguPoJ0hkPSKLKAimF"
    "PosgWiUSILV708B8p+N1P8iEq8WBs9qUnDevTNw3zek2QV4/Lai9/FKGV7Uco8/hkW9iqK"
    "O1ZDmpczwObbUXjiNyt6ZjNCPfTLbr+i4IR/OKJiNZaoSVfY5WZ5BaeeFczzkUs/7DnQMb"
    "jrCMn3t1cZ5YijenXz8fLTb08/XP76LKMhvb/9+FM8Pr3Or367u77M66fylC2C//fPtx8r"
    "9NNEIq+jYssH/wIN3eMdwl5gkcE+XtIJ9KnV/rYEePGAKxPGdiyGQrb6cqJ/Kk5zVtJMs3"
    "bTrIk9+AHNx4iyGfYGJbZg6u6wzg6cZ8etMwGrJ7kqt0IabIxfKNbeF5eTqvwmyeJgSRaU"
    "OEruiXh8D1Xd7WegmvO+twdBxnA09MamG1QqdIJVlIWoRjMlYuAsyzLNLNUisj8SivDU/R"
    "mFhveNSCwo70cYKRi34VO6Cejq6upMp3CRaCCpl5P/cv57URjl84nvE59u3t4NCst1C4h+"
    "iR7TU0hTb2gFpofRo8VCLlGgo/VdrTlHr9F2VWaTfayTYmxSOneb0smcoOQoqomLisb3zg"
    "N3cdaEYT+rZtjPytKeVKCNx+9v6Q5+/HR9vav9IAvv2WkDeM9OK+EVt4rwjh4RZaWuouqA"
    "mZzY/qJmXuwK6DBk5vTF+cvzV2cX50ncTHKlLnjGdFk9UnOZIg4p89nI40rhHLuBX3LQVr"
    "5GFdKt3qY9pWtecvSQHUe5iNqvosnpqtGYiHwRu8OTpj3ftvzeSX0cC8Wca6TqL1+J+Bbe"
    "wD3NzWfkg8UMi3x6X3aGYj4WpXxFbV2buA27Uvfp9Qytsza7cFayM2vgaDZhBedVyiROnE"
    "QlmfRXkfCPP39CTlUYTKlXqpvnb4HoyLw5C0IfmActtCFSX+Pn9AmoXdI4kj0r4XFiVq2a"
    "yJHEFLSsuLWKYXT6y+igOcSOil2cCOjM6QwuGRBfzH4Dwk+SeiYJfEDRlL9ZokaiBVlDRS"
    "YfHNwk+o+PqgkOLsT/GWJtt8SaBxnjJ5E9EuVLikDfoW9VBEVeUONWSANIp8Q9xfYQ/PLu"
    "LYhQ31iLu/71LqPAFYL+MvGW8fB8JKBhNY5Eoc4E/YnDQvB7mP+cNrNd+gBjROk258aI6p"
    "ZtsDKmSgyEjKVVbSUsMsN2Eycpv5mpQK2VxWBU1d2qqqqtwbvQEXzg4EdRTBD4KMyJOXSr"
    "JaN+9lUVMTGoJmhSlwi/tUGTByqc4D5iH0Y/ulg0YXW3Vv/D2XHrS3p7iGs9ro8d4VXEDE"
    "DLQh6f8yGg6JE8iN6iFITJXvZzcOOLTiYPXIYPFf1MsC3rzULA+AqTVTT5DyMuEveZT4RQ"
    "/mTZ12c2qb+wWgsmwefgOqw5GLaYnNBPF0Jbk2AX3gGTj7bDfDR5jnGNfrwcqZpeJaIGcj"
    "XIFc+7vKDZjI1le4yWrammcBTTHJsrLeY5J2p8Zp2Y53FJ/b3q4zAntsFh2J25VTgLIxO/"
    "xcuTlTTvjm7vjoK/eZdE2t/JeFDCoInLwzrq7B/RgF3GVeYZpyH4feWyzV1fjWQ+DFNHDE"
    "llSCrt9yqFsyC/9JtCmpczwB6Bu7olUbL9sqDJdtwU3USgh/Bun4di6K8iuFd4WplnGQno"
    "XNt/8BMlCyZaNgo/lUyvRI+ILoE1g+4UxWXEWTAWUmNEwwQ/1DQWPkyz/M/T07Ozl6cnZx"
    "evvj9/+fL7VydJvmXxVl3i5dXNTyL3MjNlZc0DfDT3lNsxpMT2N2Unu3oZtteLQbxWETYl"
    "oZf1mOZldX4XDoGtQxgry3WrR3Ulpe1CHYi4UEQZ4N81Tg/mtscSUOgC3DSqa3tAe5QItU"
    "QZ6rScvmD/suoks1dUsesFJftsdRXsRMAUwd6gCDZiPp5L94uMPykLiK9RS8qk+7Qv71nb"
    "sALmk3lFxcVq3TsnpnGiWOvYhh20o4/dji3c7yWixuxRqMCr7H4vCBo2xLjfj8XnkPEsBW"
    "4br1IiZaZX6+nlgAatXuKMoHEb6jzHshtrq0nOSppZ1nmWJ9jFbNZqmnOiZp51nmcHQYZC"
    "61dFoc2JaR9AM3jHf4Xg9kV1xIXk40JCX3D4C4r9zUvzKSi7IXrtQxHL5M1rpvNrxh8lsC"
    "nMczU9uJLYiB/szpzuhh6klFCOqq3kDM5K9Y+P2r6/PURsjhiD0xKoq8tEFQT7gPa+i0J5"
    "lDxiu6x1SE2Z9pRMHzDf9QqX0YgqACcC/UP3xWmTshJ8VDW3elooLSH9Ya28OHlJbZ2Tmr"
    "tvSOC3nYKCqJmDli40imxcFlzyA7LwHDqVHHgsldcWQ7HnkXjXJqEGzx+u3958uHz/9PR8"
    "+CJsuMHPTRwWioi3oPNCkSCLK4yjgJV4b+oBToltjLBme/vWMfYoJtykLsnIWRdgspLTtp"
    "/J4AQ4ZDEEL4BLKP85Q3AKZng6a8YfbDHgRKNMxj1xOF9nosCILEfiEh+M0TRwAXSXYE7o"
    "EbZWsESFIIfDB20HuyVW1xq/aVG8O0vhiyxNs4gWRNhpg3iC4OPHIHImx7camEOUw3xjGZ"
    "3b3dzNRP276RMGxLcNSVs+5TPIhqIE0QzawIGNa+Ntb/udET5SLQokJaI9Yb7n8I9VIF47"
    "BbhU3ihqaxQ1iny6HJGJyiJOy5hVXMQTKyejZ6UMprk0OYS8kQ2XJTtC5bmWkdmfJXGmGq"
    "v+jiy4MeFOw5J5gsWSVfNC1w+AFIEH5PF/THxE5RgUBmvuv6kb17dRyVlX7b5KBDrgvRq8"
    "5UoSi3vnRTk6omMbR30BlxvrkjvxbHkBnbYKz8gIdkfjl8afTJtZIP5iRN3hjkPP16dqw/"
    "UjkkVby0o3hPeGa+o3jFAybH3lUxcByvdIj7+I9wz9dS/eUQj4U15z2y+fjim2zTliYELJ"
    "/Dn4hXIljy75DroET8Xniu4u/BnPSoqd7uxjNujiFT5LRY9YSZiSEaolI/qY0Ky5p6OP9Q"
    "/CMgKCl0gnSx64Zr+phbDTpKAupdjvfhM5vgTlbmAaOejJZMJQyVpd59hfyfXGsb812ziC"
    "iCu7PiwiWx36lpfb3247OIBytpPAtxbVPU0amZ42rgbtZ/bEZNxOgNSw2BBMMTeGhdcS8g"
    "/H02kYjrkvapU/0GVQWm6lcNfZP0VZvZ2I3IpfUOLLyish/O3R35+9pA/xc8O11UE57yNv"
    "DdfRPjgetZb1+SomS/aKkYy45GLG0LdmwOKfDXxSwbrINVNC72zheYbH6QiPI3+egnqbjO"
    "+TvbA9zdYUUt3eaWtomJ3SMCbDzmTY6bO+TYbdwVb5TogGS0QIqGwuiYCp7rfB5tLFnLDe"
    "Oeq6mRbWu2kwXGdvuE59aJ3PIgOgnNb5HCUH1NM6cQpBs2CeKMTOc6CFWFRR3RXh/SKeP6"
    "y5virQwnK8TGhbDoFbEcKzzYdvQPjoYjQfB+FTUrWo3klcVq+o08fQNrzDByIp98T+CxH+"
    "KNq0VUP7larJxv5FmHqX9j8C5s8r4jXzQ2o3+kAM5odaZnQzHj9snsHETiwDP58wMMHTgI"
    "pLUVg7WIjtmWLfR+5rIJeL6DL/nfyXiKV6JNgWXeYvPQ+59nfEdZZDwGXkA5mIk68g/ff0"
    "4X+4f7giTS15tohPxpMJosjlR9EbAAEljhN4InNV+p+CuTitZER/9BjXjs4vTMEKaNbwME"
    "p3IgsnSz53ZJqRHfyA0kUd0FdlV+DQc2tbAdSipAE3b+dbVkBpq5ySnGh3TE4RjCF2ZLkw"
    "XodGgkzGEv5f/l9vZSNsrDt0wjTte4S2Nv4qGYGguImlZfTfvsK8GqlKcaCHMgTDInybkC"
    "f6rlVxQ531fn+iiEPKymoF1HHSaak+8QB7pqMDN4RICfuUkIG+NfTGK6bBJBivmBbToEM9"
    "P91mYut1YjpalLJLEFNhgQaoxVLOSRqoG5UApaik6lFNx7yUTB/ip/bQn3AcUFcV5rSMgb"
    "kRzCzwEGXIrig7VRNenBfUGHBZBVBydADHjpKYSxBuGrdpE/bdz4eD7Cmio3W5VXWtdSoe"
    "oL2jdQ98tU4O1spaOKm7w/Vu1eb1cKrxVfMQ5th64yQ0TsKu7wvpHVgEeDEPWkgR0rycAT"
    "afglDpd61J9Kj2uPbBL7QTFSLETMKkjHQs1UOsz04bQH12Wom0uGU83kfqKbIQfmw10TlR"
    "M9FaT7QVMJ/MufmkdkrlxDS2hHU6pwKmDHRKxIDcCOQJgn5Ay3XZapyzUgbqRlBDD48e0F"
    "LRbMhKGZLmiDIL9ozlQdp86qat9KzPp97wmkaf+6lFaWJXjm4OLGjNuFXZ/mWoeICZjw3m"
    "YyQywVD76SjIm9loNxsUQUZc/r1azUWZtJmJlnG+0knJSEAtJTo6L9dH7WjrSSE6RDPuNS"
    "k7FRBu4ho1WOAm2E4xKCm2r0WmoIXCqiMipTxgTVd1X0Px9rS05SyILwto4Og6AXyVeIj6"
    "GCnVkMtKmUJyGxSS479b3aOeEdJ5I7qdAH7ehJUubBA6s6LKEm1ege2Tan8F0PWxXxKfWn"
    "vSpsU6otcc7qSVK2DE8P8prfGslMaLXJugkRAxvjSd0gW9DuqUoEF7PdoOR8K1lqO5Sv/f"
    "rJDGjSlUbf+tVXbXJ91oj7p6ZLgBoSEKNVF2k2XIccCEbN54pd2ufcTpAmGNLpuihSy1kj"
    "KrjyqD4Ge0HNQmEfwc1p5plEcwigrVrK/OVlr9Mo7WLamw2WD8BkUz9QgtXp9s0MUAF5N2"
    "YGqTdR1cE6l9JAG8Hlw6BNojG08RK5nrK+zyU6iCLyvI5iZ7vPRDLk0P/ed2Euqhgq5ksv"
    "6cLA4qmpLBKZ9dUS4UAjvwHGxFrYA2WgxXEVmWrAN+VlzdfLz89Ft5a4yrEnLt6re760vN"
    "1Kh3hOL/k5CWa1Hx/QZK1Cw1dK0KdYW43YDAPcOuhe6HcS3Xp/cPyPPvxezdh5fun4lKsj"
    "aKp1LkKnI9Khy6FLfncAnGCEyJi17ztYDAI6J4Eo0tKmN7/eQN1DrxdVRUunh879S5rbR0"
    "r1bk5DpQPRgTIXMkanck6rS9vg/ZtHckoJVbbHpMg202Juhm8fi1e+07suBblbsEsrES8A"
    "l5ADN+zSHutNjKYQjEk4cgSekdJo7aIZDfagjGgfWA/BJLd7cftcFuGqOl8pLHMrt4xw+6"
    "v3b9Da/bzo1dbsoB6A+sSUcx6Sg9SEcJD+cixPVthFZSOhfvHFxDaybMwdP/ffriP149A+"
    "KoZ6J9iVBmxH8F4yAKc4+lRdmMYthi4yFTwnnPod06GRafZFOcWrsiNaSBWRF22VGwKkqd"
    "WqE+LyKp0CPiN23+zriMSzT1iq15gLEAjAVgLABjAXQf2AMXTOgnqAcsYaMboP2sYXOEKB"
    "+siM0RYm1oGUPL9ICWMczAIZO+TXOnQ0Hfxeo4vZuEbhbI6d006FAOQbeZaJCBcnZiiiBo"
    "BbE+2VatoN5VQZut4KyJQ+M28Mfk2wfEhCNiUOLOyA4Y1jkziBw6mqfGrvVkXIJoeFgBAQ"
    "KLzOfYF91xZE0qEZQ0xwzZz8EloGQhnILC+4BA4PrYkX7A+AkzyIAtnIIiLUuQoEW/x+4/"
    "rklLE/gIsVzZIrbf9DDZB09Z7bLoY7dw/k6yh9epNcvfQULFYhYL9k3cNj687wVjB7NZu7"
    "IjWwkQXk2G/K/CZMTjtZ6Mu3gChiKo3Y9bgrWB+8XJSRPK4uSkmrI4KRzzUf5JEfeaEi8r"
    "EVPfZYP6LuJ0VFrwiYDGRRgGX8/eAvlFPUhF77uo8Z08Ydus+u3zoNwMECi1SMvLSpoUBA"
    "3DE1KO3rSipTjRednuTPXg6wy58o2jyIFLmSrFkGtzRRU8lRl6z5q9hb1aClzJn3tlfEF9"
    "wGRarje1WNuGQGpitP6CKCZc0fgk57pgsqZvD+sMVi8aOBLqcjN79Zbbex5GFhKHWiwvrb"
    "/XYCFeO/6OCTU7QMBF3/wwnE5k4Qgj0YHMBzRwwYKfikXjdMvP3iBe77BquEb5j1vUt2uy"
    "IEVB9MBRQjwto7Pxc3jcU6uavzQj/oq0UAZyot3RBY5S7RN7YcuJzoluYaL3WChMnAziW6"
    "2qyU4wRbY8G45P4+OzKGvpR0XSVFZBTrTLqwBKBQJJ8g8e8SqQXGfbdZAId2cl3HCdUK4C"
    "B89xWKIlViChuxwTe/mEheVajm9NCBK8zbaQluvOShB7grQOiseD3Bpsbm5Mjm8RIErLVs"
    "Ad1/TKZz8R0Jl6FUUg/HjChTk4gdjZQqOKu+tf7+rZ70wJpnh4nhLXh0JwYGnhJXl9WEsa"
    "xCMacQWPiIoMOmHRy5pZ72HgWrOf+UYsCriKKh2A0CnL1eew+McOY9lnb/ghHj+Hb9+uyM"
    "4D1gy6/JeVswh7+dQN+AXxSSrWbjy+d/zCtgpPV5ML0RQW0a5kPFMSfYoB3FoN6j76qLVJ"
    "UJDtaEZz7JadzXXxqzlBjYuniyAk4vqzIcAukF8YiI4d7I181mswXgIOeni2qCzwfQe5iu"
    "qkrqXUSiAt08PX4azJZl69lxcbzlpOYCO7ZVR9QVjjd0LzgG7Cz0RRqMFDdPTiocRsrIuF"
    "LQp3pflAuB9BwN9nO+QRNrYj2nUbYAiWeW4rF38yvkdLfmv6S5THroJnWsRAWl0OSL7j/E"
    "gP/BINcW3yX07aKN8lSM8gG/HnIzgXn1o8EQlxEHTLcS7I5stsc+EOQlx3ut3evs+wNlc3"
    "eVrmy4er609PX+S24iLwaDJBlo8f0WhCyVyVOS1KGxeq1uwo/2mhsu6P/kHGKmdFieT+dr"
    "IXioFTg6/Yn4XBqdJLJpssQRAvwP3vbxyyEUU+R090RLKh0jFdLrw/9F8qgp80EhBBwtwY"
    "ll0gRRsBEqiZvhvBrwkjfRVQ91Mgv3yBlU7uDeuY6bD1bTxsHT1dva01SWGSnyU/OS5zQh"
    "iWTzb5TIfNZyrMTFPAi1NqSlzlyMl4jRdQrY8hTsv1SavfRiXVPpf9GfxNdGgU8RYNTzNT"
    "/acdny5+4JDrbR5FE/wNLIRSB8EEu9ABf5NZd39rMwM7KRAkuH6VOYjHaz4FIi1WJnoJun"
    "kY9fWW0MO4s3f8Sw7/Ipie06bndP/QNhVRdu6I8MoUlVp4vVI1xUBbgNbHiJas3eoc9ERg"
    "owx0zfaIfSSga0R43EWzUMp4hDeHaykPPxmn0I4r6qkuC/AD8Rgm4zGi4Cf2HNzDwMbItd"
    "CIK5X3YU9LseTSKg2iTxhA33xEhaYpaujzmyJddFnXnmsfH13C4fyeqrWefEBczST9ieLv"
    "OAjsz6YhfYbc2Qe5Y+rrb5HOMYF8q4rOjfItT2vyLU+L+ZaFTaYp0AXBHiL+4qIJtZB3Aa"
    "aYhYtKuKMtXBntSK6HYO+kYLmJrN6285P50A9KbICaNPhEooerdvtbhIZBHN2xvzoXw7Ga"
    "L5+0n+tQ1sy0zjMdmpSjMAeiReHpEvGuxCh/FQEkogpr+COiBLcJoW+kG4gEPsD+ELiEG9"
    "90uoVs53bslik4dxQvYlJLtcVE52XNlqvbTGtCnP4ShT/8IvbrQVkSc2bAsDabORoabv7N"
    "SNRLV2QPP2GALFwg5YTjFwL5eEFlMh9BO676KXj4J4LUlCPZ/Wt+xUVM3BYO4SH48vkHGf"
    "knQwFlaQIsN/CS6t17/OAmQXApbi0VkRIGTZgwOMOU6r3lqgS+9ThIq6VxbqKzutebLTwI"
    "ihDX1DlPJEyZ8w3KnGvIO3VoSjqhGxvi6Rhn2tAavZ1mTYzdT2LOQ5wLdm5yb1hn4tL0qA"
    "YNqagocSWtxFWjKG4YyqXH7UW0kKE2CxI4Nhgj8BQCmy5FrbVnz4GotWcFlIXNdpJCbLLf"
    "C3AIEdX2YEnp7719qppZy//f2LHGjtV7N1WwYzEb8bdG1HcuAlpbOiAraOoGNK8bIFT2Fu"
    "pBSszoBtrpBpm4bdJiehMhM7laT66Ir1HrSxEL9JGT2no8Tqi0tbGe0oLmHdL6HYrmSk2J"
    "ywgZPa5QDw6VaXA15RBjid608Np3tc+IrhkvlaO5S0TN4dDkcFjhprh35AXN/mGisY7x5J"
    "1gt20wVk7UeCF0m2fN6Om3UVLmoIamTsYMm9DVIys9fC1vLeNgsR91aGBh4ZkkVxQ8ffLk"
    "dUQtkwlwSdgA6FmuA0Ty2SKfNJblfzwrMtZ7+LwNGkykHqxycubEDFutylan5lBJRcyK9V"
    "A93EkGmnTwKNaFX8n0KQVt/9aQSOEfjRHf9kr4sSYFV1LCx1gc5OxEMX1CYgYnvnIFloKs"
    "gXst3HzXb7m4s5IG6kZQt1rWGUED9DqgqTj5uDrZalkXhQ3gTQFvs7gLsgbuMrg1MYK/ov"
    "GMkIdL3xcFiAYlJnBuxLDOAF6EY0cwNbhRr0Wfm5WyfDt/JH5EdJmzNuPL0tp0g/kY0RLD"
    "dqMnbWCypp6pYrLmxIzJqmqyhtNXhLzSgloJ9MmC2loRDxOwtkVHhTpxbRwTmhLW6Wl1OO"
    "yutRzNVbp7ZIXM3qNQQKi+PH9lEaEu9zbbRm1+2fF8pNqsOStlCjevL9wcIjZHTPhLilCv"
    "aUmfFuwD2nUb/ba60KfRF64pFdDj8Tp7KQYiJWSCKfPBKfj5Ki6JAF22CFVXPaZBL/v1h8"
    "iUGlQbsMmQYRML1k6PbmTCRq8y8ImsaYRc2yN8Qsqt1LrBGxiiJq/H5PXosNkrmEnx0ldE"
    "NCdmYM1XpAg3GEVUs1IG1DKnfYiHilKdkdJZ9WgbP9uoAvWLmgrUL4oVqE36yk4jlBn6qw"
    "hufRT+X7pzF4OfKFkwMF5KnUp2EkNCh4sC3ZrpzoeJSokcJkqN3VMiWs/KNZ8DMEbToGEB"
    "z20zS/zTyioHVQKbjNca1SsBKGDYtZCI5VxABubQRqLSgKwgQFFkwiD7MLDbwgeszIGvpL"
    "rDgw++zpArJmEOl6LAgw8fkPsaiEYxLvrmg+hNlVUghCmPwnZ74r6DIGu4MfWJRKfIp8tR"
    "4Pq4pGpa/QLJiXZolXwk8UoQuyF2GZAhEnxJYH5oBb5cG+LkiguI8Hfh+JaGfCNGshWliu"
    "WSE9vAdOkOpapguYgjYdTOxZITNX6WIrCSy1exVbJSfWD+99Ag06T99X/3Dzy75TRnJc00"
    "az3NJruzv/Osl2PwOvITDKodg8mQYRPHIEqPbpDayQ1wAGXxe26j8ykWLj9hIxLHfg4+I3"
    "468WuQD2IIOsh+E0auIlE6UNgCDwh5TJqKlCxkpqb4d2TaY8TKsjv38ZHGSamFhm+clHsx"
    "nwKqVN09Gt5DR8TpyXmT4u5iWE270fNCeff0l1MAOifWS8B30N115ZEsYQMuKYXLdZ7MMi"
    "pAr4L6g4/8x7IhuOcHHXz+t3tBvt7/7X5zQu3617vf/8x72/mU8UdYAaUizleVYikR19n3"
    "cAieRfzqkYfoiCH+ISXnWj3CJeKGyMoAjBlXbcWvLMF2XX3dlKCpr9u8vq6NmcRtxHcopn"
    "jwFUX7xyJuP+ohga2FYzIrangH3XiHbHSLMHJLNjLsQlqh3Kxk8nvY0g/1nR5tYlHzn2Qu"
    "+TtzdfPx8tNv5WHgVyXNgq5+u7u+LHRpQo+YBGzUZgJKhFvORHferD1NRDtXe+VDzOan8+"
    "YnfhqygrDrFsROQJXCn6rEe1N+d2sRTgIdUXFOBmEp+zHywp15qVIJStH6SAJZou41LLAs"
    "xNjmtnbXXj0PBoyriO1225xsd9bDF/GVxey7wCX+jE+2iF5iKNwhjmsFmDiFo5pmU1Pd1F"
    "TX9J1ScG9F3t82rEhGsjNH1tHsWXoFY3yIqh1Ux2J8WNVDWB+KkSqe0LDI9ow/lK8/ewiw"
    "K9VVySiEAddhqlAc3hFrMCC5E8VuV5TT3taTTVyFFnujiavYy8GjmkprkmjVkmj7WB9lK2"
    "f3LorRGNPPqFG7VaMuEcXWrEx9iu7Uqk1wNWadtlQ9sVvWTypZ6NIDs4RzjnSMzfSS3Udo"
    "bMg5V6sjXIFkikFzKZFe7PN76NYhXioFhKPhPUR3J1oK/0Q/IouzCP/98+3HSidVLJI/Lr"
    "Hlg38BvYIRt3FQCjDqdZa8epI7/MQDDl657d//HxjpS0Y="
)
