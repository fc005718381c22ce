"""The life of jobs: slots, priorities, expiry, cancelling, retries, items, the credit that is held for them, and the
place of each state among an org's updates.
"""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
-- `noted`: the calls that the attempt under way has made so far, as `job_item.calls` has them: for the bill of a job that
-- ends without its worker.
ALTER TABLE "job"
    ADD COLUMN "priority" SMALLINT NOT NULL DEFAULT 1 CONSTRAINT "job_priority" CHECK ("priority" BETWEEN 0 AND 2),
    ADD COLUMN "expires_at" TIMESTAMPTZ,
    ADD COLUMN "cancel_deadline" TIMESTAMPTZ,
    ADD COLUMN "slot" SMALLINT,
    ADD COLUMN "hold_id" UUID,
    ADD COLUMN "estimated_credits" NUMERIC(24,12),
    ADD COLUMN "retry_of" UUID,
    ADD COLUMN "retried_by" UUID,
    ADD COLUMN "keep_days" INT NOT NULL DEFAULT 30,
    ADD COLUMN "purged_at" TIMESTAMPTZ,
    ADD COLUMN "noted" JSON,
    ADD CONSTRAINT "job_cancelling" CHECK ("state" <> 'CANCELLING' OR "cancel_deadline" IS NOT NULL),
    ADD CONSTRAINT "job_purged" CHECK ("purged_at" IS NULL OR "finished_at" IS NOT NULL);

-- The next of an org's jobs to be given a slot, the best first.
CREATE INDEX "job_parked" ON "job" ("org_id", "priority" DESC, "id") WHERE "state" = 'QUEUED' AND "slot" IS NULL;
CREATE INDEX "job_expiry" ON "job" ("expires_at") WHERE "state" IN ('SCHEDULED', 'QUEUED') AND "expires_at" IS NOT NULL;
CREATE INDEX "job_cancel_deadline" ON "job" ("cancel_deadline") WHERE "state" = 'CANCELLING';
CREATE INDEX "job_dead" ON "job" ("org_id", "id") WHERE "state" = 'FAILED' AND "retried_by" IS NULL;
CREATE INDEX "job_retention" ON "job"
    ((("finished_at" AT TIME ZONE 'UTC') + make_interval(days => "keep_days")))
    WHERE "finished_at" IS NOT NULL AND "purged_at" IS NULL;
CREATE INDEX "job_finished_at" ON "job" ("finished_at") WHERE "finished_at" IS NOT NULL AND "purged_at" IS NULL;
CREATE INDEX "job_purged" ON "job" ("org_id", "finished_at") WHERE "purged_at" IS NOT NULL;

-- How many of an org's jobs may be with the workers at a time: a row each, taken by its job. Rows that are locked are
-- passed over, so that nobody waits for another's.
CREATE TABLE "job_slot" (
    "org_id" UUID NOT NULL,
    "n" SMALLINT NOT NULL,
    "job_id" UUID,
    PRIMARY KEY ("org_id", "n")
) WITH (fillfactor = 25);

CREATE TABLE "job_item" (
    "job_id" UUID NOT NULL,
    "index" INT NOT NULL CONSTRAINT "job_item_index" CHECK ("index" >= 0),
    "org_id" UUID NOT NULL,
    "state" VARCHAR(16) NOT NULL CONSTRAINT "job_item_state" CHECK ("state" IN ('SUCCEEDED', 'FAILED')),
    "result" JSON,
    "error_code" VARCHAR(64),
    "error_message" TEXT,
    "calls" JSON NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    CONSTRAINT "job_item_error" CHECK ("state" <> 'FAILED' OR "error_code" IS NOT NULL),
    PRIMARY KEY ("job_id", "index")
);

CREATE FUNCTION job_concurrency(p_org uuid) RETURNS int LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT p.concurrent_jobs FROM org o JOIN plan p ON p.code = o.plan AND p.version = o.plan_version WHERE o.id = p_org
    ), 10)
$$;

-- A free slot of the org's plan, now the job's; null where all are taken. The rows are made when they are first wanted.
CREATE FUNCTION job_take_slot(p_org uuid, p_job uuid) RETURNS smallint LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    most int := job_concurrency(p_org);
    free smallint;
BEGIN
    FOR attempt IN 1 .. 2 LOOP
        SELECT s.n INTO free FROM job_slot s WHERE s.org_id = p_org AND s.job_id IS NULL AND s.n < most
        ORDER BY s.n LIMIT 1 FOR UPDATE SKIP LOCKED;
        IF FOUND THEN
            UPDATE job_slot s SET job_id = p_job WHERE s.org_id = p_org AND s.n = free;
            RETURN free;
        END IF;
        EXIT WHEN EXISTS (SELECT FROM job_slot s WHERE s.org_id = p_org AND s.n = most - 1);
        INSERT INTO job_slot (org_id, n) SELECT p_org, generate_series(0, most - 1) ON CONFLICT DO NOTHING;
    END LOOP;
    RETURN NULL;
END $$;

-- The best of an org's jobs that wait for a slot.
CREATE FUNCTION job_next(p_org uuid, p_now timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT j.id FROM job j
    WHERE j.org_id = p_org AND j.state = 'QUEUED' AND j.slot IS NULL AND (j.expires_at IS NULL OR j.expires_at > p_now)
    ORDER BY j.priority DESC, j.id LIMIT 1 FOR UPDATE SKIP LOCKED
$$;

CREATE TYPE job_dispatched AS (message_id UUID, org_id UUID, job_id UUID);

-- The message that sends a job with a slot to the workers; as `app.outbox.service` and `app.jobs.tasks` write it.
CREATE FUNCTION job_send(p_org uuid, p_job uuid, p_slot smallint, p_now timestamptz) RETURNS job_dispatched
LANGUAGE plpgsql AS $$
DECLARE
    r job_dispatched;
BEGIN
    r.message_id := credit_uuid7(p_now); r.org_id := p_org; r.job_id := p_job;
    UPDATE job SET slot = p_slot WHERE job.id = p_job;
    INSERT INTO outbox_message (id, kind, name, payload, created_at, available_at)
    VALUES (r.message_id, 'task', 'run_job', jsonb_build_object('queue', 'jobs', 'kwargs',
        jsonb_build_object('org_id', p_org, 'job_id', p_job)), p_now, p_now + interval '2 seconds');
    RETURN r;
END $$;

-- Takes the slot from a job that is done with it, and gives it to the best that waits. Slots beyond what the plan
-- allows now go to nobody.
CREATE FUNCTION job_hand_on(p_org uuid, p_slot smallint, p_job uuid, p_now timestamptz) RETURNS SETOF job_dispatched
LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    best uuid;
BEGIN
    PERFORM 1 FROM job_slot s WHERE s.org_id = p_org AND s.n = p_slot AND s.job_id = p_job FOR UPDATE;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF p_slot < job_concurrency(p_org) THEN
        best := job_next(p_org, p_now);
    END IF;
    UPDATE job_slot s SET job_id = best WHERE s.org_id = p_org AND s.n = p_slot;
    IF best IS NOT NULL THEN
        RETURN NEXT job_send(p_org, best, p_slot, p_now);
    END IF;
END $$;

-- The same for several jobs.
CREATE FUNCTION job_hand_on_all(p_jobs uuid[], p_now timestamptz) RETURNS SETOF job_dispatched LANGUAGE sql AS $$
    SELECT h.* FROM job j CROSS JOIN LATERAL job_hand_on(j.org_id, j.slot, j.id, p_now) AS h
    WHERE j.id = ANY (p_jobs) AND j.slot IS NOT NULL
$$;

-- Gives free slots to the jobs that wait for one, at most `p_limit`: where a slot came free and a job came to wait in
-- the same moment, neither saw the other.
CREATE FUNCTION job_dispatch_parked(p_now timestamptz, p_limit int) RETURNS SETOF job_dispatched LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    org uuid := '00000000-0000-0000-0000-000000000000';
    best uuid;
    free smallint;
    count int := 0;
BEGIN
    LOOP
        -- From org to org along the index, however many jobs each has.
        SELECT j.org_id INTO org FROM job j
        WHERE j.state = 'QUEUED' AND j.slot IS NULL AND j.org_id > org ORDER BY j.org_id LIMIT 1;
        EXIT WHEN NOT FOUND;
        LOOP
            best := job_next(org, p_now);
            EXIT WHEN best IS NULL;
            free := job_take_slot(org, best);
            EXIT WHEN free IS NULL;
            RETURN NEXT job_send(org, best, free, p_now);
            count := count + 1;
            IF count >= p_limit THEN
                RETURN;
            END IF;
        END LOOP;
    END LOOP;
END $$;

-- Whether the org's plan has room for so many tokens more, beside those used and those that its jobs are expected to
-- use: one submission of an org after the other. Plans that sell more than is included have room for all. A refusal
-- (LK005) tells the limit in its detail.
CREATE FUNCTION job_require_tokens(p_org uuid, p_tokens bigint, p_now timestamptz) RETURNS boolean LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    p record;
    used numeric;
BEGIN
    SELECT x.code, x.included_tokens INTO p FROM org JOIN plan x ON x.code = org.plan AND x.version = org.plan_version
    WHERE org.id = p_org AND x.overage_per_1k IS NULL AND x.included_tokens IS NOT NULL;
    IF NOT FOUND THEN
        RETURN true;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('job_require_tokens' || p_org, 0));
    used := plan_tokens_used(p_org, p_now) + coalesce((
        SELECT sum(j.estimated_tokens) FROM job j
        WHERE j.org_id = p_org AND j.state IN ('SCHEDULED', 'QUEUED', 'RUNNING', 'CANCELLING')
    ), 0);
    IF used + p_tokens > p.included_tokens THEN
        RAISE EXCEPTION 'no tokens for a job of org %', p_org USING ERRCODE = 'LK005', DETAIL = jsonb_build_object(
            'outcome', 'quota_exceeded', 'plan', p.code, 'limit', p.included_tokens,
            'available', greatest(0, p.included_tokens - used), 'needed', p_tokens,
            'resets_at', credit_period_end('month', credit_period_start('month', p_now)))::text;
    END IF;
    RETURN true;
END $$;

-- Who pays for a job: the wallet and the scopes of budgets.
CREATE FUNCTION job_payer(
    p_org uuid, p_workspace uuid, p_customer text, p_key uuid, OUT wallet uuid, OUT kinds text[], OUT refs text[]
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    f record;
BEGIN
    SELECT * INTO f FROM credit_wallet_for(
        p_org, (SELECT w.kind FROM workspace w WHERE w.id = p_workspace), p_customer, NULL);
    wallet := f.wallet; kinds := '{}'; refs := '{}';
    IF p_key IS NOT NULL THEN
        kinds := kinds || 'api_key'::text; refs := refs || p_key::text;
    END IF;
    IF p_customer IS NOT NULL THEN
        kinds := kinds || 'customer'::text; refs := refs || p_customer;
    END IF;
    IF f.team IS NOT NULL THEN
        kinds := kinds || 'team'::text; refs := refs || f.team::text;
    END IF;
END $$;

-- Sets aside what a job is expected to burn; null where nobody's credit pays for it. A refusal (LK005) tells the
-- `credit_result` in its detail.
CREATE FUNCTION job_hold(
    p_job uuid, p_hold uuid, p_org uuid, p_workspace uuid, p_customer text, p_kind text, p_key uuid, p_credits numeric,
    p_lease timestamptz, p_now timestamptz
) RETURNS uuid LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    p record;
    r credit_result;
BEGIN
    IF coalesce(p_credits, 0) = 0 THEN
        RETURN NULL;
    END IF;
    SELECT * INTO p FROM job_payer(p_org, p_workspace, p_customer, p_key);
    IF p.wallet IS NOT NULL THEN
        r := credit_place_hold(
            p_hold, p_org, p.wallet, 'job:' || p_job, p_credits, p_kind, p.kinds, p.refs, p_lease, p_now);
    ELSIF p_customer IS NOT NULL AND EXISTS (
        SELECT FROM wallet w WHERE w.org_id = p_org
            AND w.environment = (SELECT s.kind FROM workspace s WHERE s.id = p_workspace)
    ) THEN
        -- The org sells credit, and gave this customer none.
        r.outcome := 'insufficient'; r.amount := p_credits; r.available := 0;
    ELSE
        RETURN NULL;
    END IF;
    IF r.outcome <> 'held' THEN
        RAISE EXCEPTION 'no credit for job %: %', p_job, r.outcome USING ERRCODE = 'LK005', DETAIL = to_jsonb(r)::text;
    END IF;
    RETURN p_hold;
END $$;

-- Books what a job that ends has burned, from its hold where it has one. What is held ends with it. Returns the
-- ledger transaction; null where nobody's credit was drawn. The work is done, so credit that lacks is debt.
CREATE FUNCTION job_settle(
    p_job uuid, p_hold uuid, p_org uuid, p_workspace uuid, p_customer text, p_kind text, p_key uuid, p_tx uuid,
    p_credits numeric, p_now timestamptz
) RETURNS uuid LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    p record;
    r credit_result;
    owed numeric := p_credits;
BEGIN
    IF p_hold IS NOT NULL AND owed = 0 THEN
        PERFORM credit_release(p_org, p_hold, 'released', p_now);
        RETURN NULL;
    END IF;
    IF p_hold IS NOT NULL THEN
        r := credit_settle(p_org, p_hold, p_tx, owed, p_now);
        IF r.outcome = 'settled' THEN
            RETURN p_tx;
        END IF;
        -- Somebody settled it by hand: the rest is drawn by itself.
        owed := owed - coalesce(r.amount, 0);
    END IF;
    IF owed <= 0 THEN
        RETURN r.transaction_id;
    END IF;
    SELECT * INTO p FROM job_payer(p_org, p_workspace, p_customer, p_key);
    IF p.wallet IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM credit_consume(p_org, p.wallet, p_tx, 'job:' || p_job, owed, p_kind, p.kinds, p.refs, true, p_now);
    RETURN p_tx;
END $$;

-- Gives back what is held for jobs that ended without use. Wallets and budgets are locked in their order first.
CREATE FUNCTION job_release(p_jobs uuid[], p_now timestamptz) RETURNS void LANGUAGE plpgsql
SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    wallets uuid[];
    budgets uuid[];
    starts timestamptz[];
BEGIN
    SELECT array_agg(c.wallet_id) INTO wallets FROM job j JOIN credit_hold c ON c.id = j.hold_id
    WHERE j.id = ANY (p_jobs) AND c.state = 'open';
    IF wallets IS NULL THEN
        RETURN;
    END IF;
    SELECT array_agg(b.id), array_agg(b.start) INTO budgets, starts
    FROM job j JOIN credit_hold c ON c.id = j.hold_id CROSS JOIN unnest(c.budget_ids, c.budget_starts) AS b (id, start)
    WHERE j.id = ANY (p_jobs);
    PERFORM credit_lock(wallets, budgets, starts);
    PERFORM credit_release(j.org_id, j.hold_id, 'released', p_now) FROM job j
    WHERE j.id = ANY (p_jobs) AND j.hold_id IS NOT NULL;
END $$;

-- Live updates of an org: in which transaction each state of a job was written. Rows become visible in the order of
-- commits, ids and times are given before. Below the oldest transaction that still runs (`pg_snapshot_xmin`) nothing can
-- appear any more: by transaction, up to there, nothing is ever missed (see docs/decisions/0036). States that were written
-- before this migration have none, and nobody can resume from before them.
ALTER TABLE "job_event" ADD "org_id" UUID, ADD "transaction_id" BIGINT;
CREATE INDEX "job_event_org" ON "job_event" ("org_id", "transaction_id") WHERE "kind" = 'state';

-- Whoever writes a step need not know of this. The job may be written by the same statement: a function that is
-- VOLATILE sees that.
CREATE FUNCTION job_event_place() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    SELECT org_id INTO NEW.org_id FROM job WHERE id = NEW.job_id;
    NEW.transaction_id := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$;
CREATE TRIGGER "job_event_place" BEFORE INSERT ON "job_event" FOR EACH ROW
    WHEN (NEW.kind = 'state' AND NEW.transaction_id IS NULL) EXECUTE FUNCTION job_event_place();
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
DROP TRIGGER "job_event_place" ON "job_event";
DROP FUNCTION job_event_place;
DROP INDEX "job_event_org";
ALTER TABLE "job_event" DROP COLUMN "transaction_id", DROP COLUMN "org_id";
DROP FUNCTION job_release, job_settle, job_hold, job_payer, job_require_tokens, job_dispatch_parked, job_hand_on_all,
    job_hand_on, job_send, job_next, job_take_slot, job_concurrency;
DROP TYPE job_dispatched;
DROP TABLE "job_item", "job_slot";
DROP INDEX "job_purged", "job_finished_at", "job_retention", "job_dead", "job_cancel_deadline", "job_expiry", "job_parked";
ALTER TABLE "job" DROP COLUMN "noted", DROP COLUMN "purged_at", DROP COLUMN "keep_days", DROP COLUMN "retried_by",
    DROP COLUMN "retry_of", DROP COLUMN "estimated_credits", DROP COLUMN "hold_id", DROP COLUMN "slot",
    DROP COLUMN "cancel_deadline", DROP COLUMN "expires_at", DROP COLUMN "priority";
"""


MODELS_STATE = (
    "eJztXWt32zaa/is4+pJkjpp1bNfJJnv2HDt1G0+TuCdxNu22XRkiIQljimAB0op2dv77Au"
    "BFvIugbiCFDzONSbyU9AAE3vd5b/8czImNHPb8+puPqAudGxu5PvaXg9fgnwMXzhH/R+WY"
    "IRhAz1uNEBd8OHakEIpGj3B6+Jj5FFo+HzCBDkP8ko2YRbHnY+Lyq27gOOIisfhA7E5Xlw"
    "IX/xWgkU+myJ8hym/8/vsAMxbwf/PbLBj/A/EH//kn/wO7NvqGWDgmYIjyLxHe8R5GE4wc"
    "O/P7+E1+S14f+UtPXvvy5eaHH+VI8XXGI4s4wdxdjfaW/oy4yfAgwPZzISPuTZGLKPSRnf"
    "qZ4ldE0MSXwl/EL/g0QMm3tlcXbDSBgSPAGvzHJHAtgRGQnyT+7/w/o6+WGjYafby9G32+"
    "vhuNBgrYWsQV84JdX2D2z3+Fz10BIq8OxAe8fXf56enZxTMJAWH+lMqbEq7Bv6Qg9GEoKv"
    "FfoRzPgwLUKZFt4h1fWAG+WowxlDFYmsGbWrTJ0s+i+XYGacXCTSRyYPIv10EYB3P4beQg"
    "d+rP+J+n339fg+t/XX6S0PJRElvCN6Fwm/oY3ToN72UxjjcVBZBTIgblZiijOcSOCsaJQC"
    "uEo81VV4DPGwF8XgPweR5giyIBxwiWrOQf+B0fz1E50lnJHNx2JPo8/kcHl3cN2Hc3H64/"
    "311++EU8fs7YX47E6/LuWtw5lVeXuatPL3LzkjwEfL25ewfEn+C/bz9e5zf4ZNzdfw/Ed4"
    "KBT0YuWYygncYkvhxfykxz4DrYfWg1zznRLUz0ft6ywY0PHOQz4JIxsZcAu28A1w4BJQvA"
    "fLhkQ8AIvwJ9PsKf8ZUAxoEPMJfwEGVcnRK/m/ELAE75ohgcxaIRivDkIaWkiQtjaD0sIL"
    "VHhTvklFSNLd6an87zV6ALp3LGBZrie0b2xK2L7vhiuiMPyB2U2BuZ+7W2BnG5YcCHcusg"
    "HrvO0Bh8FYsCAnGUhEtILAq+3dmIAps8B3d8GcnHARzewzaALv8fYHjqQj+giP8i/sniPv"
    "MJRfbz/PLZ2YeUGEPVds8Q/M6tMQ/zVSPeb2MHGTtI97NXwQ7yAspHIBX9MSXSQx39xUUD"
    "DfJF/sxZKZDi1kEV9D3ByzdnRJE4+heQb67I9Zud/kZh13TT6ITulXmvVoey4jRnJc00az"
    "3N/PRuZZOx7tljRzO/mphQn5BFHhFdvuV/DkpMqMz9YZ0JRaORfAFGQ7fqqmnhlbHxFLGS"
    "t+YKu5Auy9+ZlUzulRkvfcR2Y5Mc5i25en97lXlBuD5xdfPx8tNvTz9c/vos85a8v/34Uz"
    "w+vfivfru7vjTWyj6tFXMWmLNgZ2fBhP+QWSWdlrm/5iyQI1XYtNsJECwVQ4zxK0OAXQAF"
    "C/saIGjNBHslljAfY3HhCaGSpXXRN7/ImW32qCZnT/Roc/zof/ykpkrhBMpKmUPI0AvHch"
    "YZeuHoptmolP2bX01Uyjvie2WqpLxeq0L68YhdsgiVups+RutxuDQZ4oqBoq68ktmWrrwj"
    "N9G1a9Glx78GCFzhtxfmBuagQv5NxJgnDDygZTPf0d40aqPsHcEpkZlm4k4wnbeb6Jys0Q"
    "d0nmkHMn/EfOSV7bfTG9cvn+SMWG6Gcej73sXre6K4295OIj5ngZgPhDMiDN8TPnpoWUhs"
    "xFFIlAcZN/SBv8AWarb98l/I//Pdv5+enp29PD05u3j1/fnLl9+/OnnFx8rfWLz1sm7Pvv"
    "np5uNddimIC//SRYH7wrWazyEZUqbHpW/XqnNSO2KpkftxDg1llJkJYNNL29NHu9b3VFFg"
    "4+b8PSAlaFaHV60ktI6vEvvzglB7CCKSPkxAAmQCoAvi/ECQzg/UIh/FaMxHpEch5LaY6L"
    "xsd6ZaRD26cdDjGE0DV7yd4veAyO2H7I1t2c6tBUOVH8U0U/RI2iVIZSWNgazzLOMSy7gm"
    "K7rMIO5BJul5E83ovFoxOi/oRVKJ53amq5QQnZXqH85nJycNgOajKpGW9zSiDPj193wyXG"
    "v5AywtBJIfMqynDvjgkROOHtmwWR2QwS8UzyFdCmodPCV0yq3HIeDSQ8BNigfmQQvJSx4l"
    "j9yCoEMgP3sIxoH1gPwhYA7xnxWji7b43A0cVBEMKidQJLILDUPXIKOOnDzVTEm4vlSIkp"
    "WE4Ulyx0/6/VSBNC9ngM1nUEZbncqpnpbRmYRqeahfNEnqu6jO6bsopPTJU0SJ5IsFegjv"
    "i9NXTXJUT19VJ6mKe1mEwwO6CPHnOXScSrfYSmp/PrE2QQhR6PPp/zx98W+vngFx1DMAGX"
    "CIOxX/FfyqcIqN0YRQNXfY2enLi8QBJv6oc3l9/nD5/n3o48pUSuJakSr0sYzOwDdf4NvD"
    "kiL+i5jPinjW+XfTUn1C9Jictfz6J+I4gfc2YD6ZI1pngBVHDtfbYVQKjaxIavv2WPJk8c"
    "eGNljFs4zdZewuY3cZu6vrwKa2NxXDICfWQ/NgN7U8jYZqNNSuaqjZMo8hRErYp4QM9K2h"
    "x64X+GFatOLaz0uaSWg9CSTw285CQdRMQ+tpsLhyMwpYyT70A7K4fedU5RqsxPI2VSj3PJ"
    "Lv4EzUgPrD9dsbfpg+PTsZvjiVegs3oLCP0hrN+UlJKKKNy87ZeoxXUgbidRBT9IjcALVY"
    "yjlJA3UZ1Ppyax/EneYEWzJ8qM6yyYE75toKAQvbJN9qHm7YOMPGGTbOsHFdB9awcftk40"
    "zMiYk56UHMiSGVDancCzbHkMqGVD7mSTCkshbTYEjl4kwYUrl7EBtS+chI5fU8shp1vPs8"
    "uW3nxxlG2DDChhE2jHB/gDUcpeEoDUfZG1PWcJQdJwcMR2k4ymOeBMNRajENhqNUUrgNR6"
    "kpxIajPDKO8kcE/YCi9VRlauCwMWM5CYW2z1xCD4/4GPnv+EN2wWi2+BzDdBqm0zCdhuns"
    "OrCrrU8F1qyUATUH6uoMUaE3s1I95DhNOLGh6nsAr6HqDVXfIUQNVX8s0BuqXoNJMFS9Ft"
    "NgqPriTBiqvnsQG6r+yKh60ZhzPU8fjxo2JullM5bd1qGIWj1ut/5EyUMN9264d8O9G+69"
    "68CauhP7JIorexevaWBmUDa1dg2PeXhEDY95LNAbHlODSTA8phbTYHhMJe3b8JiaQmx4zG"
    "PgMS89/DMq5S6jO8M6vjKKKmvEUFbDu54d/D3F9vD//7OSLVTjO7bPcqznBwf/MQlcS2AC"
    "5CeJ/zv/z8H+l+pa2sOQdYas6zKw8r8FQKu5o3h8H4mjRn3vT2v63p+eFBQELxg72FIk6D"
    "JC20H6oD6ZXKDhRZM4w7zfJRVmeFFg5xBXWv2RjaeIldB0V9iFdFlB0uVFc3CPlz5i+izt"
    "wbsPl2+/+/zu8vT7CxDwR1PZJxdzuCH/LmLUEwYibWOjPeTq/e1Vxk/G8b+6+Xj56benHy"
    "5/fZZxlr2//fhTPD6931z9dnd9mZ8ri3ioxCa5pBRWzVEikpscB7Mumtx1LsrrX+9+/7No"
    "x4kfN4Ila7veyZuV3IWvV2Mou+HtXU0z+uZh/rgW05yV3MI0R4eDmeXtzzK3+8lDq5c5K2"
    "lmWedZdqAkKlvNc162MzM9+Ir9GXYBBHPsBj56DbAPMAMLin0fuVxLAWPoW7PwLD+uBcG1"
    "M7LgU7rihxqrP0XRdmrQHhcBCfjE+0PAv/rmU12mEoVOmJEnWlHJtabmyikVb+XO2ROot5"
    "MwV58Nub5PSTCdSb1/yr/YAi7fgEUadLeh9n8g10+kk46XoweOkopdXCLayjrW7ODbtXmc"
    "gk2NPSsIbkCfaYb5dtgzijwHWm2gLUpqj+3gju84IsiZn+oLyAAlvvhKwCcb7/FrINfFDR"
    "TY2L92fVruClrdHda6g8S4EUoGrg1a/zojwMY2WMygz8GW/x3y/+caFXRtMKFkLv6iqBia"
    "riaq7mIagvQVKD025fc8/pUs7EGnUtqHlH9u9cN949EyHq3+HB3qdqEh8bpg5yV7YFOldi"
    "Whs09t4JLAfe4JauIR0fEQCKOTH/7C3BcH2vNw3lrou9sv67E6a1QNjKKkznOijYGRP9yb"
    "Hg95OXNI5GmOUCeSgCgs45xYD9fw2WmDNXx2WrmGxa1SqNUWcEZIewNuz4vXmkF3Wubq/f"
    "vn248VhMNKJK/nYMsH/wf08vgOrtCEUCRtKTjxRUXNMJ6AAQdNfEACf2PTWICVUX7iRZy4"
    "4VPr+22JE1484Ko8BUcxLCUr1T/mbfuaCPZU8A1H9w/X8yYJeefV+Xjn32sUC/x2hqwHjw"
    "jvQAkJlLo7XE8CWdnRa5mgS8Dw1OVaNxPM2xy5fIuZgBlZcAHKdyHA7e0nDPBdlKvlFEH+"
    "fPs5uPQ85NrfEddZvgFeWbEChv4qqWuw80/boOABf4aaxycS2E7KzmGD6fbotTFc0F40pR"
    "lks7LlXB22GEvoHa24DRh3FYdo+Lde8m/iyJL1htXep4yYealUXipN9LJ3CGZVhPT1BrrY"
    "LB63VgsTbtBIM+KajtCJsrrQc/Apcu7KsAyAHhFXgWTkkxjMEH/sGwC50oCnU0S5qcjtRc"
    "yVK64yAWg/QtcqceXt7VM30Mp0UQqOwx13WB340BbmQWKXjKJmFDU90e+corbiPkbKG1lR"
    "Vuc9TR7dLlog5oMs46PrNpfCt0XOUV7YvIhav4jGYjpSi+kzNwkGJRaTvD5cbzGxeNx63t"
    "oFMt6R2yrSRBFRI5ibHxnzpTVNveWHG1Zad3282iSSC0HRBE3L7NcI1Z6X1sWe1/dYUADT"
    "o+gRk4CN1I3Igqg5b1XOW2PBH62O88UVWgqyK7M2sgMaaD1BJKCm+QBfZGDwpQRcIrlYsE"
    "T+c1DaOiA+kGp0nXaP+8P9w71MCGAyAfepXJR7wG0GJrMKKVkIJUr8M9asyIL/TaHLwmjl"
    "N/KmBIICHz4gSSXDBVyGglCECvzhxoOeg89EDLAJEt/YB3Po+1ySj13MsCCoqaxksvoArr"
    "iR+Rz7r8PUFfFLwwsy5piFH21zOfGHQgJLperWLc2hD/S1US62qFww7FolBnw9U5MIdYeh"
    "GXz2IZVxSOndKbVxNKPVus7faHK6XvLvdUe8L17Zybq6ueZU5b/NJ94o8BodqdUv1ga7/w"
    "I6jnLwd0bI7P9m/z9kosiM35sRR7UKcUbuGGsQn56rlHuGcxK4ZR6ROoxXQgbgtSXLRYH3"
    "MWRYuWp5RrArQEvXoEexhYRKQ1wEwurrG2sxLdEPKEWuVdJLrq5t00qmj4lmTfLMqtPMyj"
    "cQUXSIUDVXQV5Sa4/3V2G0i4wAwDW77wIPiNezaXbwQVzeHlyKDIdR3IVM5RUok+3hq7CT"
    "xloxdnOusxO1XO2CpMG8Ycs4z25ZTzYr2R3a4CgDOzxEseIrlUj08FV61eBFelX5Gr3Kv0"
    "Ti2a3MgaxgVzTVw5kEAi+rHOdKZSkjo7OmpBpfcfri/OX5q7OL80QZSq7U6UAlzejYCNI5"
    "KtkerghxEHTLgU2L5R2iXE4fYAc/ioeEFc6gC4S/ae75gC8J7EjueAwdkfIg/EdwTB6RvJ"
    "jQIQBOOfQbm2FXt7fvM8fF1U1OE/345cPV9aenL3KvQzhhmtC8V4E9RaXpztGdYR3BO16N"
    "2Sq3my4OJzsEJDV7wr/CO8h9xJS4QlOUazY84f5sSgybwnKGCtbh6FRxBWbehaaqX1aqh+"
    "rfDrrOpLYZNZhN720VczW3hTeFOr/z9w/tLVs0xl7cJbrGdbRjOxGL8FjawqCJpbS2Z7YS"
    "37mZNWJaUm06AZ2gELUyOr8wKImPCsszvD1cb36OgmTk2pjdTBRtJC4zhETomWiyVRKY21"
    "BmgxCl5KEqZlJGyNilyhUW4tlT3eQygmaP026Py5hxXqlhUauXJTLHqJatb9ueSbhBykFp"
    "sYgBtwxcTc7ntzJQ6ScKKwphpm7Xns9hwNNomozcZQDw79mgXWybniKG+tV8Z1CgfvUKY+"
    "8FpIwEtCyzpobiTSR6SIrtoDkdh2JKqFrMaUrGgNwAZEM+7ph8pGjOHy4+Ug3jjJyB2RgT"
    "hyXQK2zhdQx6lTmsF4U++DqTdoHIQJ9xZEH48rEoxzwyE8CUgHHDBrp74to1yYnZU5fRXy"
    "C2wYTQI02H0bqTx5azYTyKCcV+CcCf+ZJ0KsM703J9iu48O315kQR2ij/qYjo/8wX9vrhb"
    "TJCsyqcYl5KV6t/C3U1gymSCLB8/ohYegryscRJo7SRA3zzMH9dmojOSW5hmzd6zPs2yiW"
    "ro7TRr5TV5R3K+huLdYQOfSVy3YX1Iw710r/DTnd2H3SGiCyHFw+6HsoXhfRIukAyLroT+"
    "bDGMIuBBTFkxBGJHn7Em8p944i3iP3P0gJaFuH7j79nJG2/8PXo4J4y/Z/slbzP7SQHWag"
    "uqINhDx8ROrKgJ/3xERSvwMuaxpjBrTrBlfdY9sVq3YcW6qIXuECxE0UpRE3MGbQBl3CCZ"
    "hHXLF1vIO9xVLxbjR9ot5ShbrapsO4lAD7eb7ftBDTm2t209sQaKSF9SCiv29IxUDmm9er"
    "9vY48Q+sfvf5YCF1lNLcBLSfYewI9fPlx/unlbwHBlZCoBmBXrPXqlyy9jjbdBbyXZewBT"
    "ZFQBR8MlboSozlxiepodBBkatXcPlMmbKdd6yuUG1+rNzkp2xhc0+CwKxQv7NWwKsSD0Ac"
    "zhktuuj0iWdgSMiDJ8URzbcS0HxLFusxjScp1ZCsf5wiPfd8pKZdXniK2kOhJ6dTjaI9XA"
    "QZHNLkpuQGl3B2YFRltmPiuimpbRHk9ZRNvBcyz7gkAQ0TVhGyJ+URYCZMAnwn3bsAjxNq"
    "FvRZrmRc0WUrKFaOLUf4+44UsrW4ylbw/r3PqOHBi245Ij1UoVZLfCIX8lXLSuVEG1jHIy"
    "ZW4nrna0a7LZH6kDXsxwEfP6eNtYxsTamv6oJpihO5BCq6JwcrWvKyViPIoNPIqxw0pl0a"
    "ZltNeu971kTYRBb0uGhIrwXapZY6W2fJft6LhWZ851gNxdpelcvOkQ5LRghv4y1aX10niN"
    "lma0NJ0hFVtGAcy6VmCRgM7WmOTkwml/woYATmS774aJvIfpAKZaMd3USldQk01YtQmrNm"
    "HV8hllYdXKzmMTKNIBv7GxZXdcWzTq4TSS6oUizgVZA/fa6kuEP0hN80+JGKYrXzLsEVGG"
    "mCKiOTHtUZWWQIqeCd3y/gwzWeBnih8RA4Jf2vh0VsDeJWpZNvF4k/tRqXtqwjHeEe+LNy"
    "jhFcMbwzou0SfeKPAa8YeDW752o6aCb8Kwk5W1S+Q9fknoYKLBoIdcm09J0Rff+imm1LHh"
    "IY+aNDM8pHG9HV5/VqwnqEkhx/4DfYjCjbqhutPKjeFrP5pjl5QY3nXOi7ykzl4M1ZiyPX"
    "ssPLgU3S1HVsB8Mi9jQGpaN5bI9nDZ74Raj7ETKU+KDTMLkgZzNczVKjdkpTS23iVL4lHy"
    "iG1EnzRMUtgD7KYeyW7rkUDsBFQJ4JRId9YzsIiNtFnUEeNSooVXay0pkT5pLKcvzl+evz"
    "q7OE8UleRKnX5iGsIeqUvTRd/8UfQytJjrEnEz4VpPuOVAPgn2iNts2FF+tfPCnclzH3zm"
    "RtGY2EtBvMs00o3dU52b+gl2MZu12tNzop2Z9qN5xTXx1n2VhPygxF0X3RnW+esWqzHrK2"
    "CTBV9fI4om9/KVBjHxwZVTfigh6kIHYBsQKjxuCM75dfGVwqrV4rxayqY0ItqM0OkTGVBW"
    "UgR7Zx+zJi8BuY+YEnceNWIKv0Ycopp8KZOaYFyC3VKYVEo3Z9Z84wDjjJRhLZoEcyfbiT"
    "LOkVAPYd5Nh6Hsrt4U65xYD9F+1QDrV5VIv6oIJC1RcxuEkJZpuLr6ZAefg3kcER92EZGK"
    "h43GPhB1RzDavEBOy+BS1PvWnmnwiYdcIKJjD4W3mHJFvGORruB9uEjpXqb0/UTJgoU9e0"
    "QM8hJYM+hOm9L6B/GQG1a6zZo3DIZCQ684fqKEw3ibiq2oaeaVHrWWx/gilw8YL8FTbgoO"
    "06TCs9eSNsB2HGIvKQRx2iBnAgKGWMgyRHXxmHiLRWE8C1K6LFIZO/2kdWxG9FlJIbFMYP"
    "NqnIlqNhSG9tupAoWRXvcFRGvsvaxYD+29nVjX8r8KMMfjNY67aAvvyUkTeE9OquE9KRb1"
    "xWohifF4jeHl354QJhLWAuoCeYSHxL3rY99BgnBpFbt1cd4A/ovzSvTFrRz4CM6VwI/G6w"
    "z+1xnHPsqQEjn+NoXcIJlQMh8CzNFF0FbO9t/DNmOMkDanpjFCmhsh16vtZ1Bih6Rv15oi"
    "KDdwrTXyVSj40AUwsDESPSJEVwibhCRBUon7OcjbEvH4YTykpE7xlp+9xuKIpRJPUHIh9n"
    "NETeDK2gwbE8SYIFpvpipZgPkXoakGURDsoRmyfV9qYZtRRdt4VNXKYqW2cQW4c2IG7WZo"
    "YzZCrvj5JTvJFSEOgm7FUZgRzNcg45IdxLvOm3F7+z6j517d5HwbH798uLrme0vOBVV0ef"
    "BfqxQrEI/X2PDTZ7M+cIa8ZnBvPW/bQxQrJlQmEv1bv1uOceFbKoexxUYcS+1xF47NlO7u"
    "wp7dkvPJShrOx3A+azmfL6JX2KCe+AnHDBuyP6MgGd6QA0oC3QGHF9FHZIf1rGRfNv5H3J"
    "QNu/xiuGunqRvoOGAc+OAe2/dDcC8iu+4ls34ftVG8ryKIdv/Bf7h/uNENUbRuEoZthc5t"
    "yJ8sQrmGq/FihC+ZajliIQrSRvfeiG8hvOVC6QrHRZ3rWoT4x787pj6yFkqs1oXduMVuYk"
    "grQ1p16jRQ8ZubOOm96JD5PachzjkxnXGWhQuSzCsR4iTSsbD/JkzOei12bZeAdNCWFkyL"
    "4bX2ifZeSRa98d0+y7JSWRRNp4ygsZy0s5w6ne5xsv9JbZt7cOhu9f3DVxOb/8fwtB6UmP"
    "rxrWGdhT9JDWoc2yEiuxlyHNFBPcwbi3QfVoy94GpETSRHqyetMYpNOIaxbDt3WitYtor6"
    "vNHj9Y0A1xzfXYSAm9DXNttDJ5R5vVSiHx04rVGL5O0mqtFoEo9c3wEkpO8XM+IgGX4O+V"
    "oTN0vafNQOXd/Lo1KhOeTpsF6Z2dveta30iWqdJv01FQDPifXx2NhJsWcHuiXVWS8phRVN"
    "KxOJHMQOZk1S6PfVrdJ1lkC2wEIMgeQ7b3ZYXP969/ufxUAaC7l+5MPNoviZG/FOZSGCrK"
    "TW9QiiXZUbD2woXbmAhRlZM8hmgqcX3T+FK5ePaMjTh0UKzk5fXiRlCcQfdYUIPn+4fP/e"
    "BIAYzeeAms/tI6IU23XEUGZYY01oRNIia1WiXyieQ7qUL95TKc//NQSheV9CDDUYv4FyFD"
    "9QyR+WkjFqkrKaZKifLVI/JnjehG12YgLMqa3Qn3TGf4cIIHxLCWMh4MVepYVBtSe2Hw8f"
    "Wenxa4/rS8BmMoAxiZeMQhYhAxRBa4bsdNjkEPj8M7j9YqHnIHN0S48Ns4jHPyQeGxkSJa"
    "f+/j52A+VBPlZFc0gE+qc2NGKGL2qY4YuYGTaaw140BxNB09NDrITjaUnw6M7uNN+rtsfZ"
    "qL8v5kXR9EXRRNu7sdHcI77oK/szWpaperkRtXoeXo2NOYomSp7swiNoZwgkvSILqAjmFL"
    "psgWiUyMJVL8+Bst/NFD+iEi/WRk9q0rAeffMwn/ckWcW4vPbidzFK2V6UMo9/hoW9iuKO"
    "1ZDm5Qyw+XYUnvjNip7ZjFAP/bLbryg44R+OqFiNJWrSFXa5WV7BqWcF83zk0g97DnQM7j"
    "pC8v3tVUY54qhe3Xy8/PTb0w+Xvz7LaEjvbz/+FI9Pr/Or3+6uL/P6qTxli+D//fPtxwr9"
    "NJHI66jY8sH/gYbu8Q5hL7DIYB8v6QT61Gp/WwK8eMCVCWM7FkMhW3050T8VpzkraaZZu2"
    "nWxB78gOZjRNkMe4MSWzB1d1hnB86z49aZgNWTXJVbIQ02xi8Ua++Ly0lVfpNkcbAkC0oc"
    "JfdEPL6Hqu72M1DNed/bgyBjOBp6Y9MNKhU6wSrKQlSjmRIxcJZlmWaWahHZHwlFeOr+jE"
    "LD+0YkFpT3I4wUjNvwKd0EdHV1daZTuEg0kNTLyX85/70ojPL5xPeJTzdv7waF5boFRL9E"
    "j+kppKk3tALTw+jRYiGXKNDR+q7WnKPXaLsqs8k+1kkxNimdu03pZE5QchTVxEVF43vngb"
    "s4a8Kwn1Uz7GdlaU8q0Mbj97d0Bz9+ur7e1X6QhffstAG8Z6eV8IpbRXhHj4iyUldRdcBM"
    "Tmx/UTMvdgV0GDJz+uL85fmrs4vzJG4muVIXPGO6rB6puUwRh5T5bORxpXCO3cAvOWgrX6"
    "MK6VZv057SNS85esiOo1xE7VfR5HTVaExEvojd4UnTnm9bfu+kPo6FYs41UvWXr0R8C2/g"
    "nubmM/LBYoZFPr0vO0MxH4tSvqK2rk3chl2p+/R6htZZm104K9mZNXA0m7CC8yplEidOop"
    "JM+qtI+MefPyGnKgym1CvVzfO3QHRk3pwFoQ/MgxbaEKmv8XP6BNQuaRzJnpXwODGrVk3k"
    "SGIKWlbcWsUwOv1ldNAcYkfFLk4EdOZ0BpcMiC9mvwHhJ0k9kwQ+oGjK3yxRI9GCrKEikw"
    "8ObhL9x0fVBAcX4v8MsbZbYs2DjPGTyB6J8iVFoO/QtyqCIi+ocSukAaRT4p5iewh+efcW"
    "RKhvrMVd/3qXUeAKQX+ZeMt4eD4S0LAaR6JQZ4L+xGEh+D3Mf06b2S59gDGidJtzY0R1yz"
    "ZYGVMlBkLG0qq2EhaZYbuJk5TfzFSg1spiMKrqblVV1dbgXegIPnDwoygmCHwU5sQcutWS"
    "UT/7qoqYGFQTNKlLhN/aoMkDFU5wH7EPox9dLJqwulur/+HsuPUlvT3EtR7Xx47wKmIGoG"
    "Uhj8/5EFD0SB5Eb1EKwmQv+zm48UUnkwcuw4eKfibYlvVmIWB8hckqmvyHEReJ+8wnQih/"
    "suzrM5vUX1itBZPgc3Ad1hwMW0xO6KcLoa1JsAvvgMlH22E+mjzHuEY/Xo5UTa8SUQO5Gu"
    "SK511e0GzGxrI9RsvWVFM4immOzZUW85wTNT6zTszzuKT+XvVxmBPb4DDsztwqnIWRid/i"
    "5clKmndHt3dHwd+8SyLt72Q8KGHQxOVhHXX2j2jALuMq84zTEPy+ctnmrq9GMh+GqSOGpD"
    "IklfZ7lcJZkF/6TSHNyxlgj8Bd3ZIo2X5Z0GQ7bopuItBDeLfPQzH0VxHcKzytzLOMBHSu"
    "7T/4iZIFEy0bhZ9KpleiR0SXwJpBd4riMuIsGAupMaJhgh9qGgsfpln+++np2dnL05Ozi1"
    "ffn798+f2rkyTfsnirLvHy6uYnkXuZmbKy5gE+mnvK7RhSYvubspNdvQzb68UgXqsIm5LQ"
    "y3pM87I6vwuHwNYhjJXlutWjupLSdqEORFwoogzw7xqnB3PbYwkodAFuGtW1PaA9SoRaog"
    "x1Wk5fsH9ZdZLZK6rY9YKSfba6CnYiYIpgb1AEGzEfz6X7RcaflAXE16glZdJ92pf3rG1Y"
    "AfPJvKLiYrXunRPTOFGsdWzDDtrRx27HFu73ElFj9ihU4FV2vxcEDRti3O/H4nPIeJYCt4"
    "1XKZEy06v19HJAg1YvcUbQuA11nmPZjbXVJGclzSzrPMsT7GI2azXNOVEzzzrPs4MgQ6H1"
    "q6LQ5sS0D6AZvOO/QnD7ojriQvJxIaEvOPwFxf7mpfkUlN0QvfahiGXy5jXT+TXjjxLYFO"
    "a5mh5cSWzED3ZnTndDD1JKKEfVVnIGZ6X6x0dt398eIjZHjMFpCdTVZaIKgn1Ae99FoTxK"
    "HrFd1jqkpkx7SqYPmO96hctoRBWAE4H+ofvitElZCT6qmls9LZSWkP6wVl6cvKS2zknN3T"
    "ck8NtOQUHUzEFLFxpFNi4LLvkBWXgOnUoOPJbKa4uh2PNIvGuTUIPnD9dvbz5cvn96ej58"
    "ETbc4OcmDgtFxFvQeaFIkMUVxlHASrw39QCnxDZGWLO9fesYexQTblKXZOSsCzBZyWnbz2"
    "RwAhyyGIIXwCWU/5whOAUzPJ014w+2GHCiUSbjnjicrzNRYESWI3GJD8ZoGrgAukswJ/QI"
    "WytYokKQw+GDtoPdEqtrjd+0KN6dpfBFlqZZRAsi7LRBPEHw8WMQOZPjWw3MIcphvrGMzu"
    "1u7mai/t30CQPi24akLZ/yGWRDUYJoBm3gwMa18ba3/c4IH6kWBZIS0Z4w33P4xyoQr50C"
    "XCpvFLU1ihpFPl2OyERlEadlzCou4omVk9GzUgbTXJocQt7IhsuSHaHyXMvI7M+SOFONVX"
    "9HFtyYcKdhyTzBYsmqeaHrB0CKwAPy+D8mPqJyDAqDNfff1I3r26jkrKt2XyUCHfBeDd5y"
    "JYnFvfOiHB3RsY2jvoDLjXXJnXi2vIBOW4VnZAS7o/FL40+mzSwQfzGi7nDHoefrU7Xh+h"
    "HJoq1lpRvCe8M19RtGKBm2vvKpiwDle6THX8R7hv66F+8oBPwpr7ntl0/HFNvmHDEwoWT+"
    "HPxCuZJHl3wHXYKn4nNFdxf+jGclxU539jEbdPEKn6WiR6wkTMkI1ZIRfUxo1tzT0cf6B2"
    "EZAcFLpJMlD1yz39RC2GlSUJdS7He/iRxfgnI3MI0c9GQyYahkra5z7K/keuPY35ptHEHE"
    "lV0fFpGtDn3Ly+1vtx0cQDnbSeBbi+qeJo1MTxtXg/Yze2IybidAalhsCKaYG8PCawn5h+"
    "PpNAzH3Be1yh/oMigtt1K46+yfoqzeTkRuxS8o8WXllRD+9ujvz17Sh/i54drqoJz3kbeG"
    "62gfHI9ay/p8FZMle8VIRlxyMWPoWzNg8c8GPqlgXeSaKaF3tvA8w+N0hMeRP09BvU3G98"
    "le2J5mawqpbu+0NTTMTmkYk2FnMuz0Wd8mw+5gq3wnRIMlIgRUNpdEwFT322Bz6WJOWO8c"
    "dd1MC+vdNBiuszdcpz60zmeRAVBO63yOkgPqaZ04haBZME8UYuc50EIsqqjuivB+Ec8f1l"
    "xfFWhhOV4mtC2HwK0I4dnmwzcgfHQxmo+D8CmpWlTvJC6rV9TpY2gb3uEDkZR7Yv+FCH8U"
    "bdqqof1K1WRj/yJMvUv7HwHz5xXxmvkhtRt9IAbzQy0zuhmPHzbPYGInloGfTxiY4GlAxa"
    "UorB0sxPZMse8j9zWQy0V0mf9O/kvEUj0SbIsu85eeh1z7O+I6yyHgMvKBTMTJV5D+e/rw"
    "P9w/XJGmljxbxCfjyQRR5PKj6A2AgBLHCTyRuSr9T8FcnFYyoj96jGtH5xemYAU0a3gYpT"
    "uRhZMlnzsyzcgOfkDpog7oq7IrcOi5ta0AalHSgJu38y0roLRVTklOtDsmpwjGEDuyXBiv"
    "QyNBJmMJ/y//r7eyETbWHTphmvY9Qlsbf5WMQFDcxNIy+m9fYV6NVKU40EMZgmERvk3IE3"
    "3Xqrihznq/P1HEIWVltQLqOOm0VJ94gD3T0YEbQqSEfUrIQN8aeuMV02ASjFdMi2nQoZ6f"
    "bjOx9ToxHS1K2SWIqbBAA9RiKeckDdSNSoBSVFL1qKZjXkqmD/FTe+hPOA6oqwpzWsbA3A"
    "hmFniIMmRXlJ2qCS/OC2oMuKwCKDk6gGNHScwlCDeN27QJ++7nw0H2FNHRutyqutY6FQ/Q"
    "3tG6B75aJwdrZS2c1N3herdq83o41fiqeQhzbL1xEhonYdf3hfQOLAK8mActpAhpXs4Am0"
    "9BqPS71iR6VHtc++AX2okKEWImYVJGOpbqIdZnpw2gPjutRFrcMh7vI/UUWQg/tpronKiZ"
    "aK0n2gqYT+bcfFI7pXJiGlvCOp1TAVMGOiViQG4E8gRBP6Dlumw1zlkpA3UjqKGHRw9oqW"
    "g2ZKUMSXNEmQV7xvIgbT5101Z61udTb3hNo8/91KI0sStHNwcWtGbcqmz/MlQ8wMzHBvMx"
    "EplgqP10FOTNbLSbDYogIy7/Xq3mokzazETLOF/ppGQkoJYSHZ2X66N2tPWkEB2iGfealJ"
    "0KCDdxjRoscBNspxiUFNvXIlPQQmHVEZFSHrCmq7qvoXh7WtpyFsSXBTRwdJ0Avko8RH2M"
    "lGrIZaVMIbkNCsnx363uUc8I6bwR3U4AP2/CShc2CJ1ZUWWJNq/A9km1vwLo+tgviU+tPW"
    "nTYh3Raw530soVMGL4f5XWeFZK40WuTdBIiBhfmk7pgl4HdUrQoL0ebYcj4VrL0Vyl/29W"
    "SOPGFKq2/9Yqu+uTbrRHXT0y3IDQEIWaKLvJMuQ4YEI2b7zSbtc+4nSBsEaXTdFCllpJmd"
    "V7c6jCZUUESzXeaRn9IeaaoSi7Ia0iYSQhG7jEn3FoX4fFMKHjID+8z38Z46O5FYv5tBBR"
    "uMzFDv9YMib28g0IGRsuDh5csth5AQ/tUj1+RstBbbbHz2GRoEYJH6OootD6MnqlZUrjsO"
    "qSUqgNxm9Q3VSPGPD1WSFdjEQy+SGmiFzXwTUh9UcSac21BYdAe2TjKWIlc32FXX4KVepQ"
    "OdncZI+Xfkh6aqNFLWJemclCgbKKq+geB6d8dkVdVwjswHOwFfVs2mgxXEWsZrIO+Flxdf"
    "Px8tNv5T1MrkpY0Kvf7q4vNVOj3hGK/1dCWq5FxfcbKFGz1NC1KtQV4gYeAvcMc+32fhgX"
    "3X16/4A8/17M3n146f6ZKPlro3gqRVIp16PCoUtxew6XYIzAlGvVr/laQOARUTyJxhaVsb"
    "1+8gZqnfg6KipdPL536lyTeMfqaMdX6xQ5uQ5UD8ZEyByJ2h2JOm2v70Pa8x0JaOUWmx7T"
    "YJuNmdRZPH7tXvuOLPhW5S6B7IAFfEIewIxfc4g7LfbcGALx5CFIcq+HiUd9COS3GoJxYD"
    "0gv8TS3e1HbbCbxmipvOSxzC7e8YPur11/w+u2c2OXm7oN+gNr8oZM3lAP8obCw7kIcX2/"
    "p5WUzlVWB9fQmglz8PR/nr74t1fPgDjqmegzI5QZ8V/BOAhXzlhalM0ohi12iDK1tvccg6"
    "+TYfFJdi+qtStSQxqYFWE7JAWrotSpFerzIuQNPSJ+0+bvjMu4RFOv2JoHGAvAWADGAjAW"
    "QPeBPXBli36CesBaQ7oB2s9iQ0eI8sGqDR0h1oaWMbRMD2gZwwwcMjvfdOE6FPRdLGPUu0"
    "noZiWj3k2DDnUrdJuJBqlCZyemWoVWEOuTFtcK6l1VHtoKzpo4NG4Df0y+fUBMOCIGJe6M"
    "7IBhnTODyKGjeWrsWk/GJYiGh0lXEFhkPse+aGMki4eJoKQ5Zsh+Di4BJQvhFBTeBwQC18"
    "eO9APGT5hBBmzhFBT5c4IELfo9dv9xTXrPwEeI5coWsf2m2cw+eMpql0Uf27rzd5I9vE6t"
    "Wf4OEioWs1iwb8K46/i+F4wdzGbt6sNsJUB4NRnyvwqTEY/XejLu4gkYiqB2P+7d1gbuFy"
    "cnTSiLk5NqyuKkcMxH+SdF3Gtq8axETCGeDQrxiNNRacEnAhpXyxh8PXsL5Bf1IBVNCqMO"
    "hfKEbbPqt8+DcjNAoNQiLS8raVIQNAxPSDl604qW4kTnZbsz1YOvM+TKN44iBy5lqhRDri"
    "0KGTyVGXrPmr2FvVoKXMmfe2V8QX3AZFquN0Vz24ZAamK0/uLA0qxJeX1YZ6J68Yi1humt"
    "K1MKRfibOL9kwut7yK2d2c/8NRJlckSKDVfopiyXXGPxjx3Gss/ecCMzfg7Xv10RWgesGX"
    "T5Lyvap3v71A2C+cQnqags8fjeJUduq7xXtW0aTWER7crtKiXRJwJ/a5W++mhgahNdIIv+"
    "jubYJSVRHHXOp5ygxiXqBINIXH82BNgF8gsDUReVxfWgxkvAQQ/PFpUFvm8PlSgt4lpKBR"
    "vTMj18Hc6abObVe3mxrY/lBDY3FNu5xAvCGr8TmntjCT8TRZaFh+joxYOiI6so3JUSj+F+"
    "BAF/n23g4DluuCE18G6p1XRkCJaZXZWLPxnfoyW/Nf0lCkJXwTMtYiCtzuWT7zg/0gO/RE"
    "NcG7mXkzbKdwnSM8hG/PkIzsWnFk9EQhwE3Yp0sLxsvkYWF+4gxHWn2+3t+wy7dnWTO+s+"
    "fvlwdf3p6YvcVlwEHk0myPLxIxpNKJmrMqFF6e5woUdJe/OfFirr/ugfZKxyVpRI7m8ne6"
    "HIeg6+Yn8WepYIfUBUlrKGIF6A+9/fRK9einyOnqg7bUOlY7pceH/ov1QEP6kCKDx83BiW"
    "vTZEDUASqJm+G8GvCSN9FVD3UyC/fIGVTu4N65jpsMFQPGwdPV29rTWJP5KfJT85zlEiDM"
    "snm2CkwwYjFWamKeDFKTX5qTlyMl7jBVTrHYBpuT5p9dsog9LnnL3B30QfDH6sLRueZiZ1"
    "rx2fLn7gkOttHkUT/A0shFIHwQS70AF/kyFzf2szAzvJ7hNcv8ocxOM1nwIR0yqjtATdPI"
    "y6p0noYdw/Lf4lh38RTGcv09mrf2ibdKadOyK8MkWlFl6vVE0x0Bag9TGiSs1cE4GNwsc1"
    "2yP2ET2uEeFxF81CKeMR3hyupTz8ZJxCLe2oc52snicbeTEZjxEFP7Hn4B4GNkauhUTP5v"
    "uwIYVYcmmVBtEnDKBvPqJC0xQF8PhNEeu5rKutvY+PLuFwfk8VSks+IE5FSn+i+DsOAvuz"
    "aUifIXf2Qe6Y4nhbpHNMIN+qHFOjpLDTmqSw02JSWGGTaQp0QbCHiL+4aEIt5F2AKWbhoh"
    "LuaAtXRjuS6yHYO6k2ZiKrt+38ZD70gxIboHrtriR6uGq3v0VoGMTRHfurczEcq/nySfu5"
    "DmXNTOs806FJOQpzIFpUjSoR70qMsmx5LkqohD8iSnCbEPpGuoFI4APsD4FLuPFNp3jzJt"
    "vt2C2TLX4UL2JSCKXFROdlzZar20xrQpz+EoU//CL260FZEnNmwLA2mzkaGm7+zUjUS1dk"
    "Dz9hgCxcIOWE4xfGLf8wn3ME7bhkh+DhnwhSU45k96/5FRcxcVs4hIfgy+cfZOSfDAWUNb"
    "Ww3MBLSm/t8YObBMGluLVUREoYNGHC4AxTqveWa/rd6ZX63M/orLbcxy5Cr8KDoAhxTZGy"
    "RMLUKNugRpmGvFOHpqQTurEhno5xpg2t0dtp1sTY/STmPMS5YOcm94Z1Ji5Nj2pQTZqKEl"
    "fSSlxVeeaGoVx63F5ECxlqsyCBY4MxAk8hsOkS0MB99hyIOq1WQFlYKVdaoZD5YbFW4BDy"
    "IB7hlxWV3tOnqpm1/P+NHWvsWL13UwU7FrMRf2tG/K0pAlpbOiAraOoGNK8bIFT2FupBSs"
    "zoBtrpBpm4bdJiehMhM7laT66Ir1GKkUwE+shJbT0eJ1Ta2lhPaUHzDmn9DkVzpabEZYSM"
    "HleoB4fKNLiacoixRG/qb++72mdE14yXytHcJaLmcGhyOKxwU9w78oJm/zDRWMd48k6w2z"
    "YYKydqvBC6zbNm9PTbKClzUENTJ2OGTejqkZUevpa3lnGw2I86NLCw8EySKwqePnnyOqKW"
    "yQS4ZEzs5RP2LNcBIvlskU8ay/I/nhUZ6z183gYNJlIPVjk5c2KGrVZlq1NzqKQiZsV6qB"
    "7uJANNOngU68KvZPqUgrZ/a0ik8I/GiG97JfxYk4IrKeFjLA7SqlP3CE585QosBVkD91q4"
    "RRv5dos7K2mgbgR1q2WdETRAN+1E32pZF4UN4E0Bb7O4C7IG7jK4NTGCLxHF1mxQYvpGd4"
    "Z1Bi9cjdllzWqlOKbqtkplBkqJ6hxZd5tZhLvXmzcs3dCi7WC1EVhdHcMYgBUGoHipFBCO"
    "hvcQ3Z00tRdd+JBbQh1X54ukREzCSJfKEv7r/wHLdifs"
)
