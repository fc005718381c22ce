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
    "8AeBHvIqgbSOHDTGMRm5QegMDez779czAnNnLY8+tvPqIudG5s5PrYXw5eg38OXDhH/B+V"
    "Y4ZgAD1vNUJ84MOxI4VQNHqE08PHzKfQ8vmACXQY4h/ZiFkUez4mLv/UDRxHfEgsPhC709"
    "VHgYv/CtDIJ1PkzxDlF37/fYAZC/i/+WUWjP+B+I3//JP/gV0bfUMsHBMwRPmXCK94D6MJ"
    "Ro6d+X38Ir8kPx/5S09+9uXLzQ8/ypHi64xHFnGCubsa7S39GXGT4UGA7edCRlybIhdR6C"
    "M79TPFr4igiT8KfxH/wKcBSr61vfrARhMYOAKswX9NAtcSGAH5JPF/5/8dfbXUsNHo4+3d"
    "6PP13Wg0UMDWIq6YF+z6ArN//ju87woQ+elAPODtu8tPT88unkkICPOnVF6UcA3+LQWhD0"
    "NRif8K5XgeFKBOiWwT7/iDFeCrxRhDGYOlGbypRZss/Syab2eQVizcRCIHJv9yHYRxMIff"
    "Rg5yp/6M/3n6/fc1uP6/y08SWj5KYkv4JhRuUx+jS6fhtSzG8aaiAHJKxKDcDGU0h9hRwT"
    "gRaIVwtLnqCvB5I4DPawA+zwNsUSTgGMGSlfwDv+LjOSpHOiuZg9uORJ/H/+jg8q4B++7m"
    "w/Xnu8sPv4jbzxn7y5F4Xd5diyun8tNl7tOnF7l5SW4Cvt7cvQPiT/A/tx+v8xt8Mu7ufw"
    "biO8HAJyOXLEbQTmMSfxx/lJnmwHWw+9BqnnOiW5jo/bxlgxsfOMhnwCVjYi8Bdt8Arh0C"
    "ShaA+XDJhoAR/gn0+Qh/xlcCGAc+wFzCQ5RxdUr8bsY/AHDKF8XgKBaNUIQnDyklTXwwht"
    "bDAlJ7VLhCTknV2OKl+ek8/wl04VTOuEBTfM/Inrh10R1fTHfkAbmDEnsjc73W1iAuNwz4"
    "UG4dxGPXGRqDr2JRQCCOknAJiUXBtzsbUWCT5+COLyN5O4DDa9gG0OX/AwxPXegHFPFfxJ"
    "8srjOfUGQ/zy+fnT2kxBiqtnuG4HdujXmYrxrxfhs7yNhBup+9CnaQF1A+AqnojymRHuro"
    "Ly4aaJAv8mfOSoEUlw6qoO8JXr45I4rE0b+AfHNFrt/s9DcKu6abRid0r8x7tTqUFac5K2"
    "mmWetp5qd3K5uMdc8eO5r51cSE+oQs8ojo8i3/c1BiQmWuD+tMKBqN5AswGrpVV00Lr4yN"
    "p4iVvDVX2IV0Wf7OrGRyr8x46SO2G5vkMG/J1fvbq8wLwvWJq5uPl59+e/rh8tdnmbfk/e"
    "3Hn+Lx6cV/9dvd9aWxVvZprZizwJwFOzsLJvyHzCrptMz1NWeBHKnCpt1OgGCpGGKMfzIE"
    "2AVQsLCvAYLWTLBXYgnzMRYXnhAqWVoXffOLnNlmt2py9kS3NseP/sdPaqoUTqCslDmEDL"
    "1wLGeRoReObpqNStm/+dVEpbwjvlemSsrPa1VIPx6xSxahUnfTx2g9DpcmQ1wxUNSVVzLb"
    "0pV35Ca6di269PjXAIEr/PbC3MAcVMi/iRjzhIEHtGzmO9qbRm2UvSM4JTLTTNwJpvN2E5"
    "2TNfqAzjPtQOaPmI+8sv12euP65ZOcEcvNMA5937t4fU8Ud9vbScTnLBDzgXBGhOF7wkcP"
    "LQuJjTgKifIg44Y+8BfYQs22X/4L+X+++8/T07Ozl6cnZxevvj9/+fL7Vyev+Fj5G4uXXt"
    "bt2Tc/3Xy8yy4F8cG/dVHgvnCt5nNIhpTpcenLteqc1I5YauR+nENDGWVmAtj00vb00a71"
    "PVUU2Lg5fw9ICZrV4VUrCa3jq8T+vCDUHoKIpA8TkACZAOiCOD8QpPMDtchHMRrzEelRCL"
    "ktJjov252pFlGPbhz0OEbTwBVvp/g9IHL7IXtjW7Zza8FQ5UcxzRQ9knYJUllJYyDrPMu4"
    "xDKuyYouM4h7kEl63kQzOq9WjM4LepFU4rmd6SolRGel+ofz2clJA6D5qEqk5TWNKAP++X"
    "s+Ga61/AGWFgLJDxnWUwd88MgJR49s2KwOyOAXiueQLgW1Dp4SOuXW4xBw6SHgJsUD86CF"
    "5EceJY/cgqBDIJ89BOPAekD+EDCH+M+K0UVbvO8GDqoIBpUTKBLZhYaha5BRR06eaqYkXF"
    "8qRMlKwvAkueMn/X6qQJqXM8DmMyijrU7lVE/L6ExCtTzUL5ok9V1U5/RdFFL65CmiRPLF"
    "Aj2E98XpqyY5qqevqpNUxbUswuEBXYT48xw6TqVbbCW1P59YmyCEKPT59H+fvviPV8+AOO"
    "oZgAw4xJ2K/wp+VTjFxmhCqJo77Oz05UXiABN/1Lm8Pn+4fP8+9HFlKiVxrUgV+lhGZ+Cb"
    "L/DtYUkR/0XMZ0U86/y7aak+IXpMzlr++SfiOIH3NmA+mSNaZ4AVRw7X22FUCo2sSGr79l"
    "hyZ/HHhjZYxb2M3WXsLmN3Gbur68CmtjcVwyAn1kPzYDe1PI2GajTUrmqo2TKPIURK2KeE"
    "DPStoceuF/hhWrTi2s9LmkloPQkk8NvOQkHUTEPrabC4cjMKWMk+9AOyuH3nVOUarMTyNl"
    "Uo9zyS7+BM1ID6w/XbG36YPj07Gb44lXoLN6Cwj9IazflJSSiijcvO2XqMV1IG4nUQU/SI"
    "3AC1WMo5SQN1GdT6cmsfxJXmBFsyfKjOssmBO+baCgEL2yTfam5u2DjDxhk2zrBxXQfWsH"
    "H7ZONMzImJOelBzIkhlQ2p3As2x5DKhlQ+5kkwpLIW02BI5eJMGFK5exAbUvnISOX1PLIa"
    "dbz7PLlt58cZRtgwwoYRNoxwf4A1HKXhKA1H2RtT1nCUHScHDEdpOMpjngTDUWoxDYajVF"
    "K4DUepKcSGozwyjvJHBP2AovVUZWrgsDFjOQmFts9cQg+P+Bj57/ghu2A0WzzHMJ2G6TRM"
    "p2E6uw7sautTgTUrZUDNgbo6Q1TozaxUDzlOE05sqPoewGuoekPVdwhRQ9UfC/SGqtdgEg"
    "xVr8U0GKq+OBOGqu8exIaqPzKqXjTmXM/Tx6OGjUl62Yxlt3UoolaP260/UXJTw70b7t1w"
    "74Z77zqwpu7EPoniyt7FaxqYGZRNrV3DYx4eUcNjHgv0hsfUYBIMj6nFNBgeU0n7Njymph"
    "AbHvMYeMxLD/+MSrnL6Mqwjq+MosoaMZTV8K5nB39PsT38//+sZAvV+I7tsxzr+cHBf00C"
    "1xKYAPkk8X/n/z3Y/1JdS3sYss6QdV0GVv63AGg1dxSP7yNx1Kjv/WlN3/vTk4KC4AVjB1"
    "uKBF1GaDtIH9Qnkws0vGgSZ5j3u6TCDC8K7BziSqs/svEUsRKa7gq7kC4rSLq8aA7u8dJH"
    "TJ+lPXj34fLtd5/fXZ5+fwECfmsq++RiDjfk30WMesJApG1stIdcvb+9yvjJOP5XNx8vP/"
    "329MPlr88yzrL3tx9/isen95ur3+6uL/NzZREPldgkl5TCqjlKRHKT42DWRZO7zkV5/evd"
    "738W7Tjx40awZG3XO3mzkrvw9WoMZTe8vatpRt88zG/XYpqzkluY5uhwMLO8/Vnmdj95aP"
    "UyZyXNLOs8yw6URGWrec7LdmamB1+xP8MugGCO3cBHrwH2AWZgQbHvI5drKWAMfWsWnuXH"
    "tSC4dkYWfEpX/FBj9aco2k4N2uMiIAGfeH8I+FfffKrLVKLQCTPyRCsqudbUXDml4q3cOX"
    "sC9XYS5uqzIdf3KQmmM6n3T/kXW8DlG7BIg+421P4P5PqJdNLxcvTAUVKxi0tEW1nHmh18"
    "uzaPU7CpsWcFwQ3oM80w3w57RpHnQKsNtEVJ7bEd3PEdRwQ581N9ARmgxBdfCfhk4z1+De"
    "S6uIECG/vXrk/LXUGrq8Nad5AYN0LJwLVB619nBNjYBosZ9DnY8r9D/v9co4KuDSaUzMVf"
    "FBVD09VE1V1MQ5D+BEqPTfk1j38lC3vQqZT2IeXPrb65bzxaxqPVn6ND3S40JF4X7LxkD2"
    "yq1K4kdPapDVwSuM89QU08IjoeAmF08sNfmPviQHsezlsLfXf7ZT1WZ42qgVGU1HlOtDEw"
    "8od70+MhL2cOiTzNEepEEhCFZZwT6+EaPjttsIbPTivXsLhUCrXaAs4IaW/A7XnxWjPoTs"
    "tcvX//fPuxgnBYieT1HGz54F9AL4/v4ApNCEXSloITX1TUDOMJGHDQxAck8Dc2jQVYGeUn"
    "XsSJGz61vt+WOOHFDa7KU3AUw1KyUv1j3raviWBPBd9wdP9wPW+SkHdenY93/r1GscBvZ8"
    "h68IjwDpSQQKmrw/UkkJUdvZYJugQMT12udTPBvM2Ry7eYCZiRBRegfBcC3N5+wgDfRbla"
    "ThHk97efg0vPQ679HXGd5RvglRUrYOivkroGO3/aBgUP+D3UPD6RwHZSdg4bTLdHr43hgv"
    "aiKc0gm5Ut5+qwxVhC72jFbcC4qzhEw7/1kn8TR5asN6z2PmXEzEul8lJpope9QzCrIqQ/"
    "b6CLzeJxa7Uw4QaNNCOu6QidKKsLPQefIueuDMsA6BFxFUhGPonBDPHbvgGQKw14OkWUm4"
    "rcXsRcueIqE4D2I3StElfe3p66gVami1JwHO64w+rAh7YwDxK7ZBQ1o6jpiX7nFLUV9zFS"
    "3siKsjrvafLodtECMR9kGR9dt7kUvi1yjvLC5kXU+kU0FtORWkyfuUkwKLGY5OfD9RYTi8"
    "et561dIOMdua0iTRQRNYK5+ZExX1rT1Fu+uWGlddfHq00iuRAUTdC0zH6NUO15aV3seX2P"
    "BQUwPYoeMQnYSN2ILIia81blvDUW/NHqOF9coaUguzJrIzuggdYTRAJqmg/wRQYGX0rAJZ"
    "KLBUvkPwelrQPiA6lG12l3uz/cP9zLhAAmE3CfykW5B9xmYDKrkJKFUKLEP2PNiiz43xS6"
    "LIxWfiMvSiAo8OEDklQyXMBlKAhFqMAfbjzoOfhMxACbIPGNfTCHvs8l+djFDAuCmspKJq"
    "sHcMWNzOfYfx2mrohfGn4gY45Z+Giby4k/FBJYKlW3bmkOfaCvjXKxReWCYdcqMeDrmZpE"
    "qDsMzeCzD6mMQ0rvTqmNoxmt1nX+RpPT9ZJ/rzviffHKTtbVxTWnKv9tPvFGgdfoSK1+sT"
    "bY/RfQcZSDvzNCZv83+/8hE0Vm/NqMOKpViDNyx1iD+PRcpdwznJPALfOI1GG8EjIAry1Z"
    "Lgq8jyHDylXLM4JdAVq6Bj2KLSRUGuIiEFZf31iLaYl+QClyrZJecnVtm1YyfUw0a5JnVp"
    "1mVr6BiKJDhKq5CvKSWnu8vwqjXWQEAK7ZfRd4QLyeTbODD+Ly9uBSZDiM4i5kKq9AmWwP"
    "X4WdNNaKsZtznZ2o5WoXJA3mDVvGeXbLerJZye7QBkcZ2OEhihVfqUSih6/SqwYv0qvK1+"
    "hV/iUS925lDmQFu6KpHs4kEHhZ5ThXKksZGZ01JdX4itMX5y/PX51dnCfKUPJJnQ5U0oyO"
    "jSCdo5Lt4YoQB0G3HNi0WN4hyuX0AXbwo7hJWOEMukD4m+aeD/iSwI7kjsfQESkPwn8Ex+"
    "QRyQ8TOgTAKYd+YzPs6vb2fea4uLrJaaIfv3y4uv709EXudQgnTBOa9yqwp6g03Tm6Mqwj"
    "eMerMVvldtPF4WSHgKRmT/hXeAW5j5gSV2iKcs2GJ9yfTYlhU1jOUME6HJ0qrsDMu9BU9c"
    "tK9VD920HXmdQ2owaz6b2tYq7mtvCmUOd3/v6hvWWLxtiLu0TXuI52bCdiER5LWxg0sZTW"
    "9sxW4js3s0ZMS6pNJ6ATFKJWRucXBiXxUWF5hpeH683PUZCMXBuzm4mijcRlhpAIPRNNtk"
    "oCcxvKbBCilNxUxUzKCBm7VLnCQjx7qptcRtDscdrtcRkzzis1LGr1skTmGNWy9W3bMwk3"
    "SDkoLRYx4JaBq8n5/FYGKv1EYUUhzNTl2vM5DHgaTZORuwwA/j0btItt01PEUL+a7wwK1K"
    "9eYey9gJSRgJZl1tRQvIlED0mxHTSn41BMCVWLOU3JGJAbgGzIxx2TjxTN+c3FI9UwzsgZ"
    "mI0xcVgCvcIWXsegV5nDelHog68zaReIDPQZRxaELx+LcswjMwFMCRg3bKC7J65dk5yYPX"
    "UZ/QViG0wIPdJ0GK07eWw5G8ajmFDslwD8mS9JpzK8My3Xp+jOs9OXF0lgp/ijLqbzM1/Q"
    "74u7xQTJqnyKcSlZqf4t3N0EpkwmyPLxI2rhIcjLGieB1k4C9M3D/HZtJjojuYVp1uw969"
    "Msm6iG3k6zVl6TdyTnayheHTbwmcR1G9aHNNxL9wo/3dl92B0i+iCkeNj9ULYwvE/CBZJh"
    "0SehP1sMowh4EFNWDIHY0TPWRP4TT7xF/GeOHtCyENdv/D07eeONv0cP54Tx92y/5G1mPy"
    "nAWm1BFQR76JjYiRU14c9HVLQCL2Meawqz5gRb1mfdE6t1G1asi1roDsFCFK0UNTFn0AZQ"
    "xg2SSVi3fLGFvMNd9WIxfqTdUo6y1arKtpMI9HC72b4f1JBje9vWE2ugiPQlpbBiT89I5Z"
    "DWq/f7NvYIoX/8/mcpcJHV1AK8lGTvAfz45cP1p5u3BQxXRqYSgFmx3qNXuvwy1ngb9FaS"
    "vQcwRUYVcDRc4kaI6swlpqfZQZChUXv3QJm8mXKtp1xucK3e7KxkZ3xBg8+iULywX8OmEA"
    "tCH8AcLrnt+ohkaUfAiCjDF8WxHddyQBzrNoshLdeZpXCcLzzyfaesVFZ9jthKqiOhV4ej"
    "PVINHBTZ7KLkBpR2d2BWYLRl5rMiqmkZ7fGURbQdPMeyLwgEEV0TtiHiH8pCgAz4RLhvGx"
    "Yh3ib0rUjTvKjZQkq2EE2c+u8RN3xpZYux9OVhnVvfkQPDdlxypFqpguxWOOSvhIvWlSqo"
    "llFOpsztxNWOdk02+yN1wIsZLmJeH28by5hYW9Mf1QQzdAdSaFUUTq72daVEjEexgUcxdl"
    "ipLNq0jPba9b6XrIkw6G3JkFARvks1a6zUlu+yHR3X6sy5DpC7qzSdizcdgpwWzNBfprq0"
    "Xhqv0dKMlqYzpGLLKIBZ1wosEtDZGpOcXDjtT9gQwIls990wkfcwHcBUK6abWukKarIJqz"
    "Zh1SasWt6jLKxa2XlsAkU64Dc2tuyOa4tGPZxGUr1QxLkga+BeW32J8Bupaf4pEcN05UuG"
    "PSLKEFNENCemParSEkjRM6Fb3p9hJgv8TPEjYkDwSxufzgrYu0QtyyYeb3I/KnVPTTjGO+"
    "J98QYlvGJ4YVjHJfrEGwVeI/5wcMvXbtRU8E0YdrKydom8xj8SOphoMOgh1+ZTUvTFt76L"
    "KXVseMijJs0MD2lcb4fXnxXrCWpSyLH/QB+icKNuqO60cmP42o/m2CUlhned8yIvqbMXQz"
    "WmbM8eCw8uRXfLkRUwn8zLGJCa1o0lsj1c9juh1mPsRMqTYsPMgqTBXA1ztcoNWSmNrXfJ"
    "kniUPGIb0ScNkxT2ALupR7LbeiQQOwFVAjgl0p31DCxiI20WdcS4lGjh1VpLSqRPGsvpi/"
    "OX56/OLs4TRSX5pE4/MQ1hj9Sl6aJv/ih6GVrMdYm4mXCtJ9xyIJ8Ee8RtNuwov9p54c7k"
    "uQ8+c6NoTOylIN5lGunG7qnOTf0Eu5jNWu3pOdHOTPvRvOKaeOu+SkJ+UOKui64M6/x1i9"
    "WY9RWwyYKvrxFFk3v5SoOY+ODKKT+UEHWhA7ANCBUeNwTn/HPxlcKq1eK8WsqmNCLajNDp"
    "ExlQVlIEe2ePWZOXgNxHTIk7jxoxhV8jDlFNvpRJTTAuwW4pTCqlmzNrvnGAcUbKsBZNgr"
    "mT7UQZ50iohzDvpsNQdldvinVOrIdov2qA9atKpF9VBJKWqLkNQkjLNFxdfbKDz8E8jogP"
    "u4hIxcNGYx+IuiMYbV4gp2VwKep9a880+MRDLhDRsYfCW0y5It6xSFfwPlykdC9T+n6iZM"
    "HCnj0iBnkJrBl0p01p/YN4yA0r3WbNGwZDoaFXHD9RwmG8TcVW1DTzSo9ay2N8kcsHjJfg"
    "KTcFh2lS4dlrSRtgOw6xlxSCOG2QMwEBQyxkGaK6eEy8xaIwngUpXRapjJ0+aR2bET0rKS"
    "SWCWxejTNRzYbC0H47VaAw0uu+gGiNvZcV66G9txPrWv5XAeZ4vMZxF23hPTlpAu/JSTW8"
    "J8WivlgtJDEerzG8/NsTwkTCWkBdII/wkLh3few7SBAurWK3Ls4bwH9xXom+uJQDH8G5Ev"
    "jReJ3B/zrj2EcZUiLH36aQGyQTSuZDgDm6CNrK2f572GaMEdLm1DRGSHMj5Hq1/QxK7JD0"
    "5VpTBOUGrrVGvgoFH7oABjZGokeE6Aphk5AkSCpxPwd5WyIeP4yHlNQp3vK911gcsVTiCU"
    "o+iP0cURO4sjbDxgQxJojWm6lKFmD+RWiqQRQEe2iGbN+XWthmVNE2HlW1slipbVwB7pyY"
    "QbsZ2piNkCt+fslOckWIg6BbcRRmBPM1yLhkB/Gu82bc3r7P6LlXNznfxscvH66u+d6Sc0"
    "EVXR781yrFCsTjNTb89NmsD5whrxncW8/b9hDFigmViUT/1u+WY1z4lsphbLERx1J73IVj"
    "M6W7u7Bnt+R8spKG8zGcz1rO54voFTaoJ37CMcOG7M8oSIY35ICSQHfA4UX0EdlhPSvZl4"
    "3/ETdlwy7/MNy109QNdBwwDnxwj+37IbgXkV33klm/j9oo3lcRRLt/8B/uH250QRStm4Rh"
    "W6FzG/I7i1Cu4Wq8GOFLplqOWIiCtNG1N+JbCG+5ULrCcVHnuhYh/vHvjqmPrIUSq3VhN2"
    "6xmxjSypBWnToNVPzmJk56Lzpkfs9piHNOTGecZeGCJPNKhDiJdCzsvwmTs16LXdslIB20"
    "pQXTYnitfaK9V5JFb3y3z7KsVBZF0ykjaCwn7SynTqd7nOx/UtvmHhy6W33/8NXE5v8xPK"
    "0HJaZ+fGlYZ+FPUoMax3aIyG6GHEd0UA/zxiLdhxVjL7gaURPJ0epOa4xiE45hLNvOndYK"
    "lq2iPm/0eH0jwDXHdxch4Cb0tc320AllXi+V6EcHTmvUInm5iWo0msQj13cACen7xYw4SI"
    "afQ77WxMWSNh+1Q9f38qhUaA55OqxXZva2d20rfaJap0l/TQXAc2J9PDZ2UuzZgW5JddZL"
    "SmFF08pEIgexg1mTFPp9dat0nSWQLbAQQyD5zpsdFte/3v3+ZzGQxkKuH/lwsyh+5ka8U1"
    "mIICupdT2CaFflxgMbSlcuYGFG1gyymeDpRfdP4crlIxry9GGRgrPTlxdJWQLxR10hgs8f"
    "Lt+/NwEgRvM5oOZz+4goxXYdMZQZ1lgTGpG0yFqV6BeK55Au5Yv3VMrzfw1BaN6XEEMNxm"
    "+gHMU3VPKHpWSMmqSsJhnqZ4vUjwmeN2GbnZgAc2or9Ced8d8hAgjfUsJYCHixV2lhUO2J"
    "7cfDR1Z6/Nrj+hKwmQxgTOIlo5BFyABF0JohOx02OQQ+fwa3Xyz0HGSObumxYRbx+EPisZ"
    "EhUXLq7++xGygP8rYqmkMi0D+1oREzfFHDDF/EzLDRHPaiOZgImp4eYiUcT0uCR3d2p/le"
    "tT3ORv19MS+Kpi+KJtrejY3mHvFFX9mf0bJM1cuNqNXz8GpszFE0UfJkFx5BO0Mg6RVZQE"
    "Uwp9BlC0SjRBauenkOlP1upvgRlXixNrpTk4b16JuH+bwnySrG5bUXv4tRyvailHn8GRb2"
    "Koo7VkOalzPA5ttReOI3K3pmM0I99Mtuv6LghD8cUbEaS9SkK+xys7yCU88K5vnIpR/2HO"
    "gY3HWE5Pvbq4xyxFG9uvl4+em3px8uf32W0ZDe3378KR6fXudXv91dX+b1U3nKFsH/++fb"
    "jxX6aSKR11Gx5YN/gYbu8Q5hL7DIYB8v6QT61Gp/WwK8uMGVCWM7FkMhW3050T8Vpzkraa"
    "ZZu2nWxB78gOZjRNkMe4MSWzB1dVhnB86z49aZgNWTXJVbIQ02xj8o1t4XHydV+U2SxcGS"
    "LChxlNwT8fgeqrrbz0A1531vD4KM4WjojU03qFToBKsoC1GNZkrEwFmWZZpZqkVkfyQU4a"
    "n7MwoN7xuRWFDejzBSMG7Du3QT0NWnqzOdwkWigaReTv7L+e9FYZTPJ75PfLp5ezcoLNct"
    "IPoluk1PIU29oRWYHkaPFgu5RIGO1ne15hy9RttVmU32sU6KsUnp3G1KJ3OCkqOoJi4qGt"
    "87D9zFWROG/ayaYT8rS3tSgTYev7+lO/jx0/X1rvaDLLxnpw3gPTuthFdcKsI7ekSUlbqK"
    "qgNmcmL7i5p5sSugw5CZ0xfnL89fnV2cJ3EzySd1wTOmy+qRmssUcUiZz0YeVwrn2A38ko"
    "O28jWqkG71Nu0pXfOSo4fsOMpF1H4VTU5XjcZE5IvYHZ407fm25fdO6uNYKOZcI1V/+UrE"
    "t/AG7mluPiMfLGZY5NP7sjMU87Eo5Stq69rEbdiVuk+vZ2idtdmFs5KdWQNHswkrOK9SJn"
    "HiJCrJpL+KhH/8+RNyqsJgSr1S3Tx/C0RH5s1ZEPrAPGihDZH6Gt+nT0DtksaR7FkJjxOz"
    "atVEjiSmoGXFrVUMo9NfRgfNIXZU7OJEQGdOZ3DJgPhi9hsQPknqmSTwAUVT/maJGokWZA"
    "0VmXxwcJPoPz6qJji4EP9niLXdEmseZIyfRPZIlC8pAn2HvlURFHlBjVshDSCdEvcU20Pw"
    "y7u3IEJ9Yy3u+te7jAJXCPrLxFvGw/ORgIbVOBKFOhP0Jw4Lwe9h/nPazHbpDYwRpducGy"
    "OqW7bBypgqMRAylla1lbDIDNtNnKT8ZqYCtVYWg1FVd6uqqrYG70JH8IGDH0UxQeCjMCfm"
    "0K2WjPrZV1XExKCaoEldIvzWBk0eqHCC+4h9GP3oYtGE1dVa/Q9nx60v6e0hrvW4PnaEVx"
    "EzAC0LeXzOh4CiR/IgeotSECZ72c/BjS86mTxwGT5U9DPBtqw3CwHjK0xW0eQ/jLhIXGc+"
    "EUL5k2Vfz2xSf2G1FkyCz8F1WHMwbDE5oZ8uhLYmwS68AyYfbYf5aPIc4xr9eDlSNb1KRA"
    "3kapArnnd5QbMZG8v2GC1bU03hKKY5NldazHNO1PjMOjHP45L6e9XHYU5sg8OwO3OrcBZG"
    "Jn6Llycrad4d3d4dBX/zLom0v5PxoIRBEx8P66izf0QDdhlXmWechuD3lcs29/lqJPNhmD"
    "piSCpDUmm/VymcBfml3xTSvJwB9gjc1S2Jku2XBU2246boJgI9hHf7PBRDfxXBvcLTyjzL"
    "SEDn2v6DnyhZMNGyUfipZHolekR0CawZdKcoLiPOgrGQGiMaJvihprHwYZrlf56enp29PD"
    "05u3j1/fnLl9+/OknyLYuX6hIvr25+ErmXmSkrax7go7mn3I4hJba/KTvZ1cuwvV4M4rWK"
    "sCkJvazHNC+r87twCGwdwlhZrls9qispbRfqQMSFIsoA/65xejC3PZaAQhfgplFd2wPao0"
    "SoJcpQp+X0BfuXVSeZvaKKXS8o2Werq2AnAqYI9gZFsBHz8Vy6X2T8SVlAfI1aUibdp315"
    "z9qGFTCfzCsqLlbr3jkxjRPFWsc27KAdfex2bOF+LxE1Zo9CBV5l93tB0LAhxv1+LD6HjG"
    "cpcNt4lRIpM71aTy8HNGj1EmcEjdtQ5zmW3VhbTXJW0syyzrM8wS5ms1bTnBM186zzPDsI"
    "MhRavyoKbU5M+wCawTv+KwS3L6ojLiQfFxL6gsNfUOxvXppPQdkN0Wsfilgmb14znV8zfi"
    "uBTWGeq+nBlcRG/GB35nQ39CClhHJUbSVncFaqf3zU9v3tIWJzxBiclkBdXSaqINgHtPdd"
    "FMqj5BHbZa1Dasq0p2T6gPmuV7iMRlQBOBHoH7ovTpuUleCjqrnV00JpCekPa+XFyUtq65"
    "zU3H1DAr/tFBREzRy0dKFRZOOy4JIfkIXn0KnkwGOpvLYYij2PxLs2CTV4/nD99ubD5fun"
    "p+fDF2HDDX5u4rBQRLwFnReKBFlcYRwFrMR7Uw9wSmxjhDXb27eOsUcx4SZ1SUbOugCTlZ"
    "y2/UwGJ8AhiyF4AVxC+c8ZglMww9NZM/5giwEnGmUy7onD+ToTBUZkORKX+GCMpoELoLsE"
    "c0KPsLWCJSoEORw+aDvYLbG61vhNi+LdWQpfZGmaRbQgwk4bxBMEHz8GkTM5vtXAHKIc5h"
    "vL6Nzu5m4m6t9NnzAgvm1I2vIpn0E2FCWIZtAGDmxcG2972++M8JFqUSApEe0J8z2Hf6wC"
    "8dopwKXyRlFbo6hR5NPliExUFnFaxqziIp5YORk9K2UwzaXJIeSNbLgs2REqz7WMzP4siT"
    "PVWPV3ZMGNCXcalswTLJasmhe6fgCkCDwgj/9j4iMqx6AwWHP/Td24vo1Kzrpq91Ui0AHv"
    "1eAtV5JY3DsvytERHds46gu43FiX3IlnywvotFV4RkawOxq/NP5k2swC8Rcj6g53HHq+Pl"
    "Ubrh+RLNpaVrohvDZcU79hhJJh6yufughQvkd6/EW8Z+ive/GOQsDv8prbfvl0TLFtzhED"
    "E0rmz8EvlCt5dMl30CV4Kp4rurvwezwrKXa6s8ds0MUrvJeKHrGSMCUjVEtG9DGhWXNPRx"
    "/rH4RlBAQvkU6WPHDNflMLYadJQV1Ksd/9JnJ8CcrdwDRy0JPJhKGStbrOsb+S641jf2u2"
    "cQQRV3Z9WES2OvQtL7e/3XZwAOVsJ4FvLap7mjQyPW1cDdrP7InJuJ0AqWGxIZhibgwLry"
    "XkD8fTaRiOuS9qld/QZVBabqVw19k/RVm9nYjcil9Q4svKKyH87dHfn72kD/Fzw7XVQTnv"
    "Iy8N19E+OB61lvX5KiZL9oqRjLjkYsbQt2bA4s8GPqlgXeSaKaF3tnA/w+N0hMeRP09BvU"
    "3G98le2J5mawqpbu+0NTTMTmkYk2FnMuz0Wd8mw+5gq3wnRIMlIgRUNpdEwFT322Bz6WJO"
    "WO8cdd1MC+vdNBiuszdcpz60zmeRAVBO63yOkgPqaZ04haBZME8UYuc50EIsqqjuivB+Ec"
    "8f1lxfFWhhOV4mtC2HwK0I4dnmzTcgfHQxmo+D8CmpWlTvJC6rV9TpY2gb3uEDkZR7Yv+F"
    "CL8Vbdqqof1K1WRj/yJMvUv7HwHz5xXxmvkhtRt9IAbzQy0zuhmPHzbPYGInloGfTxiY4G"
    "lAxUdRWDtYiO2ZYt9H7msgl4voMv+d/JeIpXok2BZd5i89D7n2d8R1lkPAZeQNmYiTryD9"
    "9/TwP9w/XJGmltxbxCfjyQRR5PKj6A2AgBLHCTyRuSr9T8FcnFYyoj+6jWtH5xemYAU0a3"
    "gYpTuRhZMl7zsyzcgOfkDpog7oq7IrcOi5ta0AalHSgJu38y0roLRVTklOtDsmpwjGEDuy"
    "XBivQyNBJmMJ/y//r7eyETbWHTphmvY9Qlsbf5WMQFDcxNIy+m9fYV6NVKU40EMZgmERvk"
    "3IE33Xqrihznq/P1HEIWVltQLqOOm0VJ94gD3T0YEbQqSEfUrIQN8aeuMV02ASjFdMi2nQ"
    "oZ6fbjOx9ToxHS1K2SWIqbBAA9RiKeckDdSNSoBSVFL1qKZjXkqmD/FTe+hPOA6oqwpzWs"
    "bA3AhmFniIMmRXlJ2qCS/OC2oMuKwCKDk6gGNHScwlCDeN27QJ++7nw0H2FNHRutyqutY6"
    "FTfQ3tG6B75aJwdrZS2c1NXherdq83o41fiqeQhzbL1xEhonYdf3hfQOLAK8mActpAhpXs"
    "4Am09BqPS71iR6VHtc++AX2okKEWImYVJGOpbqIdZnpw2gPjutRFpcMh7vI/UUWQg/tpro"
    "nKiZaK0n2gqYT+bcfFI7pXJiGlvCOp1TAVMGOiViQG4E8gRBP6Dlumw1zlkpA3UjqKGHRw"
    "9oqWg2ZKUMSXNEmQV7xvIgbT5101Z61udTb3hNo8/91KI0sStHNwcWtGbcqmz/MlTcwMzH"
    "BvMxEplgqP10FOTNbLSbDYogIy7/Xq3mokzazETLOF/ppGQkoJYSHZ2X66N2tPWkEB2iGf"
    "ealJ0KCDdxjRoscBNspxiUFNvXIlPQQmHVEZFSHrCmq7qvoXh7WtpyFsSXBTRwdJ0Avko8"
    "RH2MlGrIZaVMIbkNCsnx363uUc8I6bwR3U4AP2/CShc2CJ1ZUWWJNq/A9km1vwLo+tgviU"
    "+tPWnTYh3Raw530soVMGL4/5TWeFZK40WuTdBIiBhfmk7pgl4HdUrQoL0ebYcj4VrL0Vyl"
    "/29WSOPGFKq2/9Yqu+uTbrRHXT0y3IDQEIWaKLvJMuQ4YEI2b7zSbtc+4nSBsEaXTdFCll"
    "pJmdV7c6jCZUUESzXeaRn9IeaaoSi7Ia0iYSQhG7jEn3FoX4fFMKHjID+8zn8Z46O5FYv5"
    "tBBRuMzFDn8sGRN7+QaEjA0XBw8uWey8gId2qR4/o+WgNtvj57BIUKOEj1FUUWh9Gb3SMq"
    "VxWHVJKdQG4zeobqpHDPj6rJAuRiKZ/BBTRK7r4JqQ+iOJtObagkOgPbLxFLGSub7CLj+F"
    "KnWonGxussdLPyQ9tdGiFjGvzGShQFnFVXSPg1M+u6KuKwR24DnYino2bbQYriJWM1kH/K"
    "y4uvl4+em38h4mVyUs6NVvd9eXmqlR7wjF/ychLdei4usNlKhZauhaFeoKcQMPgXuGuXZ7"
    "P4yL7j69f0Cefy9m7z786P6ZKPlro3gqRVIp16PCoUtxeQ6XYIzAlGvVr/laQOARUTyJxh"
    "aVsb0+eQO1TnwdFZUuHt87da5JvGN1tOOrdYqcXAeqB2MiZI5E7Y5EnbbX9yHt+Y4EtHKL"
    "TY9psM3GTOosHr92r31HFnyrcpdAdsACPiEPYMY/c4g7LfbcGAJx5yFIcq+HiUd9COS3Go"
    "JxYD0gv8TS3e2jNthNY7RUXvJYZhfv+EH3166/4XXbubHLTd0G/YE1eUMmb6gHeUPh4VyE"
    "uL7f00pK5yqrg2tozYQ5ePq/T1/8x6tnQBz1TPSZEcqM+K9gHIQrZywtymYUwxY7RJla23"
    "uOwdfJsPgkuxfV2hWpIQ3MirAdkoJVUerUCvV5EfKGHhG/aPN3xmVcoqlXbM0NjAVgLABj"
    "ARgLoPvAHriyRT9BPWCtId0A7WexoSNE+WDVho4Qa0PLGFqmB7SMYQYOmZ1vunAdCvoulj"
    "Hq3SR0s5JR76ZBh7oVus1Eg1ShsxNTrUIriPVJi2sF9a4qD20FZ00cGreBPybfPiAmHBGD"
    "EndGdsCwzplB5NDRPDV2rSfjEkTDw6QrCCwyn2NftDGSxcNEUNIcM2Q/B5eAkoVwCgrvAw"
    "KB62NH+gHjO8wgA7ZwCor8OUGCFv0eu39ck94z8BFiubJFbL9pNrMPnrLaZdHHtu78nWQP"
    "r1Nrlr+DhIrFLBbsmzDuOr7uBWMHs1m7+jBbCRBeTYb8r8JkxOO1noy7eAKGIqjdj3u3tY"
    "H7xclJE8ri5KSasjgpHPNR/kkR95paPCsRU4hng0I84nRUWvCJgMbVMgZfz94C+UU9SEWT"
    "wqhDoTxh26z67fOg3AwQKLVIy8tKmhQEDcMTUo7etKKlONF52e5M9eDrDLnyjaPIgUuZKs"
    "WQa4tCBk9lht6zZm9hr5YCV/LnXhlfUB8wmZbrTdHctiGQmhitvyCKCVc0Psm5Lpis6cvD"
    "OoPViwaOhLrczF695faeh5GFxKEWy0vr7zVYiNeOv2NCzQ4QcNE3PwynE1k4wkh0IPMBDV"
    "yw4Kdi0Tjd8r03iNc7rBquUf7jFvXtmixIUbk+cJQQT8vobPwcHvfUquYvzYi/Ii2UgZxo"
    "d3SBo1T7xF7YcqJzoluY6D1WdBMng/hWq7K/E0yRLc+G49P4+CzKpgdRNTuVVZAT7fIqgF"
    "KBQJL8g0e8CiTX2XYdJMLdWQk3XCeUq8DBcxyWaIkVSOguRQm7Jyws13J8a0KQ4G22hbRc"
    "d1aC2BOkdVA8HuTWYHNzY3J8iwBRWrYC7rimVz77iYDO1KsoAuHHEy7MwQnEzhY6itxd/3"
    "pXz35nSjDFw/OUuD4UggNLCy/Jz4e1pEE8ohFX8IioyKATFr2smfUeBq41+5lvxKLSrqjS"
    "AQidslx9Dos/dhjLPnvDD/H4Pnz7dkV2HrBm0OW/rJxF2MtTN+AXxJNUrN14fO/4hW1VCK"
    "8mF6IpLKJdyXimJPoUA7i1YuF99FFrk6Ag+waN5tgtO5vr4ldzghpXuRdBSMT1Z0OAXSC/"
    "MBCtVVhcUnq8BBz08GxRWeD7DnIV1UldS6nnQ1qmh6/DWZPNvHovL3YGtpzARnbLqPqCsM"
    "bvhOYB3YSfiaJQg4fo6MVDidlYFwtbFO5Kl4hwP4KAv892yCNsbEe0awvBECzz3FYu/mR8"
    "j5b81vSXKI9dBc+0iIG0uhyQfMf5kR74JRri2uS/nLRRvkuQnkE24vdHcC6eWjwRCXEQdM"
    "txLsjmy2xz4Q5CXHe63d6+z7A2Vzd5WubLh6vrT09f5LbiIvBoMkGWjx/RaELJXJU5LUob"
    "F6rW7Cj/aaGy7o/+QcYqZ0WJ5P52sheKgVODr9ifhcGp0ksmu2FBEC/A/e9vHLIRRT5HT7"
    "SusqHSMV0uvD/0XyqCnzQSEEHC3BiW7TpFGwESqJm+G8GvCSN9FVD3UyC/fIGVTq4N65jp"
    "sEdxPGwdPV29rTVJYZLPkk+Oy5wQhuWdTT7TYfOZCjPTFPDilJoSVzlyMl7jBVTrY4jTcn"
    "3S6rdRSbXPZX8GfxOtNEW8RcPTzFT/acenix845HqbR9EEfwMLodRBMMEudMDfZNbd39rM"
    "wE4KBAmuX2UO4vGaT4FIi5WJXoJuHkYN2CX0MG7BHv+Sw78Ipjm4aQ7eP7RNRZSdOyK8Mk"
    "WlFl6vVE0x0Bag9TGiJWu3Ogc9EdgoA12zPWIfCegaER530SyUMh7hxeFaysNPxim04wp3"
    "PSAL8Mte4EzGY0TBT+w5uIeBjZFroRFXKu/DnpZiyaVVGkSfMIC++YgKTVPU0OcXRbrosq"
    "491z4eXcLh/J6qtZ48IK5mkn6i+DsOAvuzaUifIXf2Qe6Y+vpbpHNMIN+qonOjfMvTmnzL"
    "02K+ZWGTaQp0QbCHiL+4aEIt5F2AKWbhohLuaAtXRjuS6yHYOylYbiKrt+38ZD70gxIboC"
    "YNPpHo4ard/hahYRBHd+yvzsVwrObLJ+3nOpQ1M63zTIcm5SjMgWhReLpEvCsxyl9FAImo"
    "whr+iCjBbULoG+kGIoEPsD8ELuHGN51uIdu5HbtlCs4dxYuY1FJtMdF5WbPl6jbTmhCnv0"
    "ThD7+I/XpQlsScGTCszWaOhoabfzMS9dIV2cNPGCALF0g54fiFQN5eUJnMR9COq34KHv6J"
    "IDXlSHb/mn/iIiYuC4fwEHz5/IOM/JOhgLI0AZYbeEn17j0+uEkQXIpbS0WkhEETJgzOMK"
    "V6b7kqgW89DtJqaZyb6Kzu9WYLD4IixDV1zhMJU+Z8gzLnGvJOHZqSTujGhng6xpk2tEZv"
    "p1kTY/eTmPMQ54Kdm1wb1pm4ND2qQUMqKkpcSStx1SiKG4Zy6XF7ES1kqM2CBI4Nxgg8hc"
    "CmS1Fr7dlzIGrtWQFlYbOdpBCb7PcCHEJEtT1YUvp7b09VM2v5/xs71tixeu+mCnYsZiP+"
    "1oj6zkVAa0sHZAVN3YDmdQOEyt5CPUiJGd1AO90gE7dNWkxvImQmV+vJFfE1an0pYoE+cl"
    "Jbj8cJlbY21lNa0LxDWr9D0VypKXEZIaPHFerBoTINrqYcYizRmxZe+672GdE146VyNHeJ"
    "qDkcmhwOK9wU9468oNk/TDTWMZ68E+y2DcbKiRovhG7zrBk9/TZKyhzU0NTJmGETunpkpY"
    "ev5a1lHCz2ow4NLCw8k+SKgqdPnryOqGUyAS4JGwA9y3WASJ4t8kljWf7HsyJjvYfnbdBg"
    "InVjlZMzJ2bYalW2OjWHSipiVqyH6uFOMtCkg0exLvxKpk8paPu3hkQK/2iM+LZXwo81Kb"
    "iSEj7G4iBnJ4rpExIzOPGVK7AUZA3ca+Hmu37LxZ2VNFA3grrVss4IGqDXAU3FycfVyVbL"
    "uihsAG8KeJvFXZA1cJfBrYkR/BWNZ4Q8XPq+KEA0KDGBcyOGdQbwIhw7gqnBjXot+tyslO"
    "Xb+S3xI6LLnLUZfyytTTeYjxEtMWw3utMGJmvqnioma07MmKyqJms4fUXIKy2olUCfLKit"
    "FfEwAWtbdFSoE9fGMaEpYZ2eVofD7lrL0Vylu0dWyOw9CgWE6svzVxYR6nJvs23U5pcdz0"
    "eqzZqzUqZw8/rCzSFic8SEv6QI9ZqW9GnBPqBdt9Fvqwt9Gn3hmlIBPR6vs5diIFJCJpgy"
    "H5yCn6/ikgjQZYtQddVjGvSyX3+ITKlBtQGbDBk2sWDt9OhGJmz0KgOfyJpGyLU9wiek3E"
    "qtG7yBIWryekxejw6bvYKZFC99RURzYgbWfEWKcINRRDUrZUAtc9qHeKgo1RkpnVWPtvGz"
    "jSpQv6ipQP2iWIHapK/sNEKZob+K4NZH4f+lO3cx+ImSBQPjpdSpZCcxJHS4KNCtme58mK"
    "iUyGGi1Ng9JaL1rFzzOQBjNA0aFvDcNrPEn1ZWOagS2GS81qheCUABw66FRCznAjIwhzYS"
    "lQZkBQGKIhMG2YeB3RY+YGUOfCXVHR588HWGXDEJc7gUBR58+IDc10A0inHRNx9Eb6qsAi"
    "FMeRS22xPXHQRZw42pTyQ6RT5djgLXxyVV0+oXSE60Q6vkI4lXgtgNscuADJHgSwLzQyvw"
    "5doQJ1dcQIS/C8e3NOQbMZKtKFUsl5zYBqZLdyhVBctFHAmjdi6WnKjxsxSBlVy+iq2Sle"
    "oD87+HBpkm7a//u3/g2S2nOStpplnraTbZnf2dZ70cg9eRn2BQ7RhMhgybOAZRenSD1E5u"
    "gAMoi99zG51PsXD5CRuROPZz8Bnx04l/BvkghqCD7Ddh5CoSpQOFLfCAkMekqUjJQmZqin"
    "9Hpj1GrCy7cx+PNE5KLTR846Tci/kUUKXq7tHwHjoiTk/OmxR3F8Nq2o2eF8q7p7+cAtA5"
    "sV4CvoPuriuPZAkbcEkpXK7zZJZRAXoV1B985D+WDcE9P+jg87/dC/L1/m/3mxNq17/e/f"
    "5n3tvOp4zfwgooFXG+qhRLibjOvodD8CziV488REcM8YeUnGv1CJeIGyIrAzBmXLUVv7IE"
    "23X1dVOCpr5u8/q6NmYStxHfoZjiwVcU7R+LuP2ohwS2Fo7JrKjhHXTjHbLRLcLILdnIsA"
    "tphXKzksnvYUs/1Hd6tIlFzX+SueTvzNXNx8tPv5WHgV+VNAu6+u3u+rLQpQk9YhKwUZsJ"
    "KBFuORPdebP2NBHtXO2VNzGbn86bn/hpyArCrlsQOwFVCn+qEu9N+d2tRTgJdETFORmEpe"
    "zHyAt35qVKJShF6yMJZIm617DAshBjm9vaXXv1PBgwriK2221zst1ZD1/EVxaz7wKX+DM+"
    "2SJ6iaFwhziuFWDiFI5qmk1NdVNTXdN3SsG9FXl/27AiGcnOHFlHs2fpFYzxIap2UB2L8W"
    "FVD2F9KEaqeELDItszflO+/uwhwK5UVyWjEAZch6lCcXhHrMGA5EoUu11RTntbdzZxFVrs"
    "jSauYi8Hj2oqrUmiVUui7WN9lK2c3bsoRmNMP6NG7VaNukQUW7My9Sm6Uqs2wdWYddpS9c"
    "RuWT+pZKFLD8wSzjnSMTbTS3YfobEh51ytjnAFkikGzaVEerHP76Fbh3ipFBCOhvcQ3Z1o"
    "KfyJfkQWZxH+++fbj5VOqlgkf1xiywf/AnoFI27joBRg1OssefUkd/iJGxy8ctu//z9jEd"
    "Y+"
)
