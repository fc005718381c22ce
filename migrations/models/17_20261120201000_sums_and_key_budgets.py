"""Sums of amounts are wider than amounts; budgets follow a key that is rotated, and may be removed at any moment."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
-- As wallets have them. More digits before the point change no row: PostgreSQL writes none anew.
ALTER TABLE "usage_rollup_hour" ALTER "cost_usd" TYPE NUMERIC(30,12), ALTER "credits" TYPE NUMERIC(30,12), ALTER "revenue_usd" TYPE NUMERIC(30,12);
ALTER TABLE "usage_rollup_day" ALTER "cost_usd" TYPE NUMERIC(30,12), ALTER "credits" TYPE NUMERIC(30,12), ALTER "revenue_usd" TYPE NUMERIC(30,12);
ALTER TABLE "usage_rollup_customer_day" ALTER "cost_usd" TYPE NUMERIC(30,12), ALTER "credits" TYPE NUMERIC(30,12), ALTER "revenue_usd" TYPE NUMERIC(30,12);
ALTER TABLE "usage_rollup_feature_day" ALTER "cost_usd" TYPE NUMERIC(30,12), ALTER "credits" TYPE NUMERIC(30,12), ALTER "revenue_usd" TYPE NUMERIC(30,12);
ALTER TABLE "usage_rollup_user_day" ALTER "cost_usd" TYPE NUMERIC(30,12), ALTER "credits" TYPE NUMERIC(30,12), ALTER "revenue_usd" TYPE NUMERIC(30,12);
ALTER TABLE "usage_rollup_customer_model_day" ALTER "cost_usd" TYPE NUMERIC(30,12), ALTER "credits" TYPE NUMERIC(30,12), ALTER "revenue_usd" TYPE NUMERIC(30,12);
ALTER TABLE "ledger_transaction" ALTER "amount" TYPE NUMERIC(30,12);
ALTER TABLE "ledger_entry" ALTER "amount" TYPE NUMERIC(30,12);

-- As in migration 3, but for budgets that are removed while they are looked at.
CREATE OR REPLACE FUNCTION credit_budgets(
    p_org uuid, p_environment text, p_kinds text[], p_refs text[], p_amount numeric, p_is_binding boolean, p_now timestamptz,
    OUT ids uuid[], OUT starts timestamptz[],
    OUT refused_kind text, OUT refused_ref text, OUT resets_at timestamptz, OUT refused_amount numeric, OUT available numeric
) LANGUAGE plpgsql AS $$
DECLARE
    b record;
    start timestamptz;
    used numeric;
BEGIN
    ids := '{}'; starts := '{}';
    FOR b IN
        SELECT budget.* FROM unnest(p_kinds, p_refs) AS s (kind, ref)
        JOIN budget ON budget.org_id = p_org AND budget.scope_kind = s.kind AND budget.scope_id = s.ref
            AND budget.environment = p_environment
        ORDER BY budget.id
    LOOP
        start := credit_period_start(b.period, p_now);
        SELECT u.spent + u.held INTO used FROM budget_usage u
        WHERE u.budget_id = b.id AND u.starts_at = start FOR UPDATE;
        IF NOT FOUND THEN
            BEGIN
                INSERT INTO budget_usage (budget_id, starts_at) VALUES (b.id, start) ON CONFLICT DO NOTHING;
            EXCEPTION WHEN foreign_key_violation THEN
                CONTINUE;  -- it was removed in this very moment
            END;
            SELECT u.spent + u.held INTO used FROM budget_usage u
            WHERE u.budget_id = b.id AND u.starts_at = start FOR UPDATE;
        END IF;
        IF p_is_binding AND b.is_hard AND used + p_amount > b.amount THEN
            refused_kind := b.scope_kind; refused_ref := b.scope_id; refused_amount := b.amount;
            resets_at := credit_period_end(b.period, start); available := greatest(0, b.amount - used);
            RETURN;
        END IF;
        ids := ids || b.id; starts := starts || start;
    END LOOP;
END $$;

-- Whoever rotates a key does not shed its budgets: the successor has the same, with what was spent of the present period
-- and what was told of it. While both keys are good, each has what is left for itself.
CREATE FUNCTION budgets_follow_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    b budget;
    copy uuid;
BEGIN
    FOR b IN
        SELECT * FROM budget WHERE org_id = NEW.org_id AND scope_kind = 'api_key' AND scope_id = NEW.id::text ORDER BY id
    LOOP
        copy := credit_uuid7(clock_timestamp());
        INSERT INTO budget (id, org_id, scope_kind, scope_id, environment, period, amount, is_hard, created_at)
        VALUES (copy, b.org_id, b.scope_kind, NEW.replaced_by_id::text, b.environment, b.period, b.amount, b.is_hard,
            b.created_at);
        INSERT INTO budget_usage (budget_id, starts_at, spent)
        SELECT copy, starts_at, spent FROM budget_usage WHERE budget_id = b.id ORDER BY starts_at DESC LIMIT 1;
        INSERT INTO threshold_crossing (org_id, scope, starts_at, percent, at)
        SELECT org_id, 'budget:' || copy, starts_at, percent, at FROM threshold_crossing
        WHERE org_id = b.org_id AND scope = 'budget:' || b.id;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER "api_key_hands_budgets_on" AFTER UPDATE OF "replaced_by_id" ON "api_key"
    FOR EACH ROW WHEN (OLD.replaced_by_id IS NULL AND NEW.replaced_by_id IS NOT NULL)
    EXECUTE FUNCTION budgets_follow_key();
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
DROP TRIGGER "api_key_hands_budgets_on" ON "api_key";
DROP FUNCTION budgets_follow_key;
CREATE OR REPLACE FUNCTION credit_budgets(
    p_org uuid, p_environment text, p_kinds text[], p_refs text[], p_amount numeric, p_is_binding boolean, p_now timestamptz,
    OUT ids uuid[], OUT starts timestamptz[],
    OUT refused_kind text, OUT refused_ref text, OUT resets_at timestamptz, OUT refused_amount numeric, OUT available numeric
) LANGUAGE plpgsql AS $$
DECLARE
    b record;
    start timestamptz;
    used numeric;
BEGIN
    ids := '{}'; starts := '{}';
    FOR b IN
        SELECT budget.* FROM unnest(p_kinds, p_refs) AS s (kind, ref)
        JOIN budget ON budget.org_id = p_org AND budget.scope_kind = s.kind AND budget.scope_id = s.ref
            AND budget.environment = p_environment
        ORDER BY budget.id
    LOOP
        start := credit_period_start(b.period, p_now);
        SELECT u.spent + u.held INTO used FROM budget_usage u
        WHERE u.budget_id = b.id AND u.starts_at = start FOR UPDATE;
        IF NOT FOUND THEN
            INSERT INTO budget_usage (budget_id, starts_at) VALUES (b.id, start) ON CONFLICT DO NOTHING;
            SELECT u.spent + u.held INTO used FROM budget_usage u
            WHERE u.budget_id = b.id AND u.starts_at = start FOR UPDATE;
        END IF;
        IF p_is_binding AND b.is_hard AND used + p_amount > b.amount THEN
            refused_kind := b.scope_kind; refused_ref := b.scope_id; refused_amount := b.amount;
            resets_at := credit_period_end(b.period, start); available := greatest(0, b.amount - used);
            RETURN;
        END IF;
        ids := ids || b.id; starts := starts || start;
    END LOOP;
END $$;
ALTER TABLE "usage_rollup_hour" ALTER "cost_usd" TYPE NUMERIC(24,12), ALTER "credits" TYPE NUMERIC(24,12), ALTER "revenue_usd" TYPE NUMERIC(24,12);
ALTER TABLE "usage_rollup_day" ALTER "cost_usd" TYPE NUMERIC(24,12), ALTER "credits" TYPE NUMERIC(24,12), ALTER "revenue_usd" TYPE NUMERIC(24,12);
ALTER TABLE "usage_rollup_customer_day" ALTER "cost_usd" TYPE NUMERIC(24,12), ALTER "credits" TYPE NUMERIC(24,12), ALTER "revenue_usd" TYPE NUMERIC(24,12);
ALTER TABLE "usage_rollup_feature_day" ALTER "cost_usd" TYPE NUMERIC(24,12), ALTER "credits" TYPE NUMERIC(24,12), ALTER "revenue_usd" TYPE NUMERIC(24,12);
ALTER TABLE "usage_rollup_user_day" ALTER "cost_usd" TYPE NUMERIC(24,12), ALTER "credits" TYPE NUMERIC(24,12), ALTER "revenue_usd" TYPE NUMERIC(24,12);
ALTER TABLE "usage_rollup_customer_model_day" ALTER "cost_usd" TYPE NUMERIC(24,12), ALTER "credits" TYPE NUMERIC(24,12), ALTER "revenue_usd" TYPE NUMERIC(24,12);
ALTER TABLE "ledger_transaction" ALTER "amount" TYPE NUMERIC(24,12);
ALTER TABLE "ledger_entry" ALTER "amount" TYPE NUMERIC(24,12);
"""


MODELS_STATE = (
    "eJztfWuT2zaW9l9B6YvtKY233e44Xntrq7qdTuyJ7U7Z7dfJJlk1REISpymCAciWtbvz31"
    "8ckJR4F0HdQAofZuIWcUjpAQic85zb/w7m1CYuf3r9LSDMw+47m3iBEywHr9D/Djw8J+If"
    "lWOGaIB9fz0CPgjw2JVCJB49ctLDxzxg2ArEgAl2OREf2YRbzPEDh3riUy90XfiQWmKg40"
    "3XH4We81dIRgGdkmBGmLjw++8Dh/NQ/Ftc5uH4n0Tc+M8/xR+OZ5NvhEdjQk6Y+BLRFf9+"
    "NHGIa2d+n7goLsnPR8HSl599+fLuhx/lSPg645FF3XDurUf7y2BGvdXwMHTspyAD16bEIw"
    "wHxE79TPgVMTTJR9EvEh8ELCSrb22vP7DJBIcugDX4j0noWYARkk+C/7v4z/irpYaNRh9v"
    "bkefr29Ho4ECthb1YF4cLwDM/vdf0X3XgMhPB/CAN28vPz1+/uKJhIDyYMrkRQnX4F9SEA"
    "c4EpX4r1FO5kEB6pTILvFOPlgDvl6MCZQJWJrBm1q0q6WfRfPNDLOKhbuSyIEpvlwHYRzM"
    "8beRS7xpMBN/nn/3XQ2u/+/yk4RWjJLYUrEJRdvUx/jSeXQti3GyqSiAnBIxKDdDmcyx46"
    "pgvBJohXC8ueoK8EUjgC9qAL7IA2wxAnCMcMlK/kFcCZw5KUc6K5mD245Fnyb/6ODyrgH7"
    "9t2H68+3lx9+gdvPOf/LlXhd3l7DlXP56TL36eMXuXlZ3QR9fXf7FsGf6L9uPl7nN/jVuN"
    "v/GsB3wmFARx5djLCdxiT5OPkoM82h5zrefat5zonuYKIP85YN3gXIJQFHHh1Te4kc7zUS"
    "2iFidIF4gJd8iDgVn+BAjAhmYiWgcRggR0j4hHGhTsHv5uIDhKdiUQxOYtGAIjy5Tylp8M"
    "EYW/cLzOxR4Qo9p1Vji5fm5/P8J9jDUznjgCZ8z9ieuPHIrVhMt/SeeIMSeyNzvdbWoJ4w"
    "DMRQYR0kYzcZGoOvsCgwgqMkWkKwKMR2ZxOGbPoU3YplJG+HnOiaYyPsif8h7kw9HISMiF"
    "8kngzXeUAZsZ/ml8/eHlJiDFXbPUP0u7DGfEesGni/jR1k7CDdz14FO8gPmRhBVPTHlEgP"
    "dfRnLxpokM/yZ85agYRLR1XQDwSv2JwJI3D0L7DYXIkXNDv9jcKu6abRCd0r816tD2XFac"
    "5KmmnWeprF6d3KJuPds8dOZn41MaE+EYs+ELZ8I/4clJhQmevDOhOKxSPFAoyH7tRV08Ir"
    "YztTwkvemivHw2xZ/s6sZXKvzHgZEL4fm+Q4b8nV+5urzAsi9Imrdx8vP/32+MPlr08yb8"
    "n7m48/JePTi//qt9vrS2OtHNJaMWeBOQv2dhZMxA+ZVdJpmesbzgI5UoVNu5kgYKk44Vx8"
    "MkSOhzCwsK8QwdYM2CtYwmKMJYQnlEmW1iPfgiJntt2tmpw98a3N8aP/8ZOaKoUTKCtlDi"
    "FDL5zKWWTohZObZqNS9m9+NVEpb2ngl6mS8vNaFTJIRuyTRajU3fQxWk/DpcmJUAwUdeW1"
    "zK505T25ia49iy198TVQ6IHfHswNR4CKxTeBMY84uifLZr6jg2nURtk7gVMiM83Umzhs3m"
    "6ic7JGH9B5pl3MgxEPiF+2307feUH5JGfEcjPsRL7vfby+Z4q77c0k5nMWhAcInBFR+B74"
    "6LFlEdiI45AoH3Nh6KNg4Vik2fYrfqH4z9///fz8+fPvz8+ev3j53cX333/38uylGCt/Y/"
    "HS93V79ruf3n28zS4F+OBfuihwX4RW8zkiQ8r0uPTlWnVOakc8NfIwzqGhjDIzAWx6aXv6"
    "aNf6nioKbNxcvAe0BM3q8Kq1hNbxVbA/Lyizhygm6aMEJEQnCHsoyQ9E6fxALfJRjMZ8Qn"
    "oUIV6Lic7LdmeqIerRS4Iex2QaevB2wu9BsduP2Fvbsp1bC4YqP4lpZuSBtkuQykoaA1nn"
    "WXZKLOOarOgyg7gHmaQXTTSji2rF6KKgF0klXtiZnlJCdFaqfzg/PztrALQYVYm0vKYRZS"
    "A+fy8mw7OWP+DSQiD5IcN66kAMHrnR6JGNm9UBGfzCnDlmS6DW0WPKpsJ6HCIhPUTCpLjn"
    "PraI/Mhn9EFYEGyI5LOHaBxa9yQYIu7S4EkxumiH993CQRXDoHICxSL70DB0DTLqyMlTzZ"
    "RE60uFKFlLGJ4kd/yk308VSPNyBth8BmW81amc6mkZnUmolof6iyZJfS+qc/peFFL65Cmi"
    "RPIlAj2E99n5yyY5qucvq5NU4VoW4eiALkL8eY5dt9IttpY6nE+sTRBCHPp8/t+Pn/3byy"
    "cIjnqOMEcu9abwX+BXwSk2JhPK1Nxhz8+/f7FygMEfdS6vzx8u37+PfFyZSklCK1KFPpHR"
    "GfjmC3x3WDIifhEPeBHPOv9uWqpPiJ6Ss1Z8/om6bui/CXlA54TVGWDFkcPNdhiTQiMrlt"
    "q9Pba6M/yxpQ1WcS9jdxm7y9hdxu7qOrCp7U3FMMiJ9dA82E8tT6OhGg21qxpqtsxjBJES"
    "9ikhA31r6B3PD4MoLVpx7eclzSS0ngQaBm1noSBqpqH1NFhCuRmFvGQf+oFYwr5zq3IN1m"
    "J5myqSexrLd3AmakD94frNO3GYPn5+Nnx2LvUWYUA5AUlrNBdnJaGItlN2ztZjvJYyEG+C"
    "mJEH4oWkxVLOSRqoy6DWl1v7AFeaE2yr4UN1lk0O3DPXVghY2CX5VnNzw8YZNs6wcYaN6z"
    "qwho07JBtnYk5MzEkPYk4MqWxI5V6wOYZUNqTyKU+CIZW1mAZDKhdnwpDK3YPYkMonRipv"
    "5pHVqOP958ntOj/OMMKGETaMsGGE+wOs4SgNR2k4yt6Ysoaj7Dg5YDhKw1Ge8iQYjlKLaT"
    "AcpZLCbThKTSE2HOWJcZQ/EhyEjGymKlMDh40Zy0kktHvmEvvOSIyR/04esg9Gs8VzDNNp"
    "mE7DdBqms+vArrc+FVizUgbUHKjrM0SF3sxK9ZDjNOHEhqrvAbyGqjdUfYcQNVT9qUBvqH"
    "oNJsFQ9VpMg6HqizNhqPruQWyo+hOj6qEx52aePhk1bEzSy2Ys+61DEbd63G39iZKbGu7d"
    "cO+Gezfce9eBNXUnDkkUV/Yu3tDAzKBsau0aHvP4iBoe81SgNzymBpNgeEwtpsHwmErat+"
    "ExNYXY8JinwGNe+s7PpJS7jK8M6/jKOKqsEUNZDe9mdvD3FNsj/v/PSrZQje/YPcuxmR8c"
    "/Mck9CzABMknwf9d/Ofg8Et1I+1hyDpD1nUZWPnfAqDV3FEyvo/EUaO+9+c1fe/PzwoKgh"
    "+OXcdSJOgyQrtB+qg+mVyg4YsmcYZ5v0sqzPBFgZ0jQmkNRrYzJbyEprtyPMyWFSRdXjQH"
    "93gZEK7P0h68/XD55u+f316ef/cCheLWTPbJdQTcWHwXGPWIo1jb2GoPuXp/c5Xxkwn8r9"
    "59vPz02+MPl78+yTjL3t98/CkZn95vrn67vb7Mz5VFfVJik1wyhqvmaCWSmxzX4V00uetc"
    "lNe/3v7+Z9GOgx83wiVru97Jm5Xch69XYyi74e1dTzP55jvidi2mOSu5g2mODwczy7ufZW"
    "H30/tWL3NW0syyzrPsYklUtprnvGxnZnrw1QlmjocwmjteGJBXyAmQw9GCOUFAPKGloDEO"
    "rFl0lp/WghDaGV2IKV3zQ43Vn6JoOzXogIuAhmLigyESX337qS5TiSInzMiHVlRyram5ck"
    "rFW7lzDgTqzSTK1edDoe8zGk5nUu+fii+2wMvXaJEG3Wuo/R/J9RPrpOPl6F6gpGIXl4i2"
    "so41O/j2bR6nYFNjzwqCW9BnmmG+G/aMEd/FVhtoi5LaYzu4FTsOBDmLU32BOWI0gK+EAr"
    "r1Hr8Bcl3cQKHtBNdewMpdQeurw1p3EIwbkdXAjUHrX2cU2Y6NFjMcCLDlf4fi/4VGhT0b"
    "TRidw1+MFEPT1UTVXUxDlP4ES49N+TVffCXL8bFbKR1gJp5bffPAeLSMR6s/R4e6XWhIvC"
    "7Yeas9sKlSu5bQ2ac28GjoPfWBmnggbDxEYHSKwx/MfTjQnkbz1kLf3X1Zj/VZo2pgFCV1"
    "nhNtDIz84d70eMjLmUMiT3NEOpEERGEZ58R6uIafnzdYw8/PK9cwXCqFWm0BZ4S0N+AOvH"
    "itGfamZa7ef3y++VhBOKxF8nqOYwXo/5BeHt/BFZlQRqQthScBVNSM4gk4cskkQDQMtjaN"
    "AayM8pMs4pUbPrW+35Q44eEGV+UpOIphKVmp/jFvu9dEHF8F32h0/3C9aJKQd1Gdj3fxnU"
    "axwG9mxLr3KXgHSkig1NXhZhLIyo7eyARdIu5MPaF1c2De5sQTW8wEzehCCDCxCyFhbz/i"
    "SOyiQi1nBIv720/Rpe8Tz/479dzla+SXFSvg5K+SugZ7f9oWBQ/EPdQ8PrHAblJ2jhtMd0"
    "CvjeGCDqIpzTCflS3n6rDFRELvaMVdwLivOETDv/WSf4MjS9YbVnufMmLmpVJ5qTTRy94S"
    "nFUR0p830MVmybiNWhi4QWPNSGg6oBNldaGn6FPs3JVhGYg8EKECycgnGMyJuO1rhIXS4E"
    "ynhAlTUdiLjlCuhMqEsP2APavElXewp26hlemiFJyGO+64OvCxLcyjxC4ZRc0oanqi3zlF"
    "bc19jJQ3sqKsznuaPLo9siA8QFnGR9dtLoVvi5yjvLB5EbV+EY3FdKIW02dhEgxKLCb5+X"
    "CzxcSTcZt5aw/JeEdhq0gTBaJGHGF+ZMyX1jT1jm9uWGnd9fFqk0guBEUTNC1zWCNUe15a"
    "F3te32NBAUyfkQeHhnykbkQWRM15q3LeGgv+ZHWcLx5oKcSuzNrIDmig9YSxgJrmgwLIwB"
    "BLCXlUcrFoSYKnqLR1QHIg1eg67W73h/eHd7kigOkE3aVyUe6QsBm4zCpkdAFKFPwz0azo"
    "QvzNsMejaOXX8qIEgqEA3xNJJeMFXkaCGEIF/vCSQU/RZwoDbErgGwdojoNASIqxi5kDBD"
    "WTlUzWDxCKG53PneBVlLoCvzT6QMYc8+jRtpCDPxQSWCpVt25pDn2gr41ysUPlgjueVWLA"
    "1zM1K6HuMDSDzwFmMg4pvTulNo5mtFrX+RtNTtdL8b1uqf/FLztZ1xc3nKritwXUH4V+oy"
    "O1+sXaYvdfYNdVDv7OCJn93+z/x0wUmYlrM+qqViHOyJ1iDeLzC5Vyz3hOQ6/MI1KH8VrI"
    "ALyxZDkUeB9j7ihXLc8IdgVo6Rr0mWMRUGmoR1BUfX1rLaYl+iFjxLNKesnVtW1ay/Qx0a"
    "xJnll1mln5BgJFhyhTcxXkJbX2eH8Fox0yApDQ7P4e+ghez6bZwUdxeft4CRkOo6QLmcor"
    "UCbbw1dhL421EuzmQmenarnaBUmDecOWcb7dsp5sVrI7tMFJBnb4hDmKr9RKooev0ssGL9"
    "LLytfoZf4lgnu3Mgeygl3RVI9nEgBeVjnOlcpSRkZnTUk1vuL82cX3Fy+fv7hYKUOrT+p0"
    "oJJmdHyE2ZyUbA9XlLoEe+XApsXyDlEhpw+wgx/hJlGFM+wh8DfN/QCJJeG4kjseYxdSHs"
    "B/hMf0gcgPV3QIwlMB/dZm2NXNzfvMcXH1LqeJfvzy4er60+NnudchmjBNaN6r0J6S0nTn"
    "+MqwjuAdr8fslNtNF4eTHQJWNXuiv6IrxHtwGPVAU5RrNjrh/mxKDJvCcoYK1uHoVHEFZt"
    "6FpqpfVqqH6t8eus6kthk1mE3vbRVzNbeFN4U6v/P3D+0dWzTGXtwnusZ1tGc70YHwWNbC"
    "oEmktLZndhLfuZ01YlpSbTsBnaAQtTI6v3AsiY8KyzO6PNxsfo7C1ciNMbuZKNpYXGYIQe"
    "gZNNkqCcxtKLNFiNLqpipmUkbI2KXKFRaS2VPd5DKCZo/Tbo/LmHF+qWFRq5etZE5RLdvc"
    "tj2TcEOUg9ISEQNuGbianM9vZKDSTwxXFMJMXa49n6OAp9F0NXKfAcC/Z4N2Hdv0FDHUr+"
    "Y7gwL1q1cYey8g5TRkZZk1NRTvSqKHpNgemtMJKKaUqcWcpmQMyA1ANuTjnslHRubi5vBI"
    "NYwzcgZmY0wcl0CvsIU3MehV5rBeFPrg60zaBZCBPhPIoujl43GOeWwmoClF44YNdA/EtW"
    "uSE3OgLqO/YMdGE8pONB1G604eO86G8ZlDmROUAPxZLEm3MrwzLden6M7n59+/WAV2wh91"
    "MZ2fxYJ+X9wtJkRW5VOMS8lK9W/h7icwZTIhVuA8kBYegryscRJo7SQg33xH3K7NRGckdz"
    "DNmr1nfZplE9XQ22nWymvyluZ8DcWrwwY+k6Ruw+aQhjvpXhGnO7+LukPEH0QUD78byhaG"
    "d6twgdWw+JPInw3DGEE+dhgvhkDs6RkbIv+pD2+R+Jmje7IsxPUbf89e3njj79HDOWH8Pb"
    "sveZvZTwqwVltQBcEeOib2YkVNxPMJg1bgZcxjTWHWnGDL+qwHYrVuoop1cQvdIVpA0Uqo"
    "iTnDNsIybpBOorrlix3kHe6rF4vxI+2XcpStVlW2nZVAD7eb3ftBDTl2sG19ZQ0Ukb5kDF"
    "fs6RmpHNJ69X7fxR4B+sfvf5YCF1tNLcBLSfYewI9fPlx/evemgOHayFQCMCvWe/RKl1/G"
    "Gm+D3lqy9wCmyKgCjoZL3ApRnbnE9DS7BHMyau8eKJM3U671lMsNrtWbnZXsjC9o8BkKxY"
    "P9GjWFWFB2j+Z4KWzXByJLOyJOoQxfHMd2WsuBCKzbLIa0XGeWwmm+8CQI3LJSWfU5Ymup"
    "joReHY/2SDVwUGSzi5JbUNrdgVmB0ZaZz4qopmW0x1MW0XaduSP7gmAU0zVRGyLxoSwEyF"
    "FAwX3bsAjxLqFvRZrmRc0WUrKFaOLUf0+E4csqW4ylLw/r3PquHBi145Ij1UoVZLfCoXgl"
    "PLKpVEG1jHIyZW4nrna0a7LZn6gDHma4iHl9vG0iY2JtTX9UE8zQHUixVVE4udrXlRIxHs"
    "UGHsXEYaWyaNMy2mvXh16yJsKgtyVDIkX4NtWssVJbvs12dNyoM+c6QO6v0nQu3nSIclow"
    "J3+Z6tJ6abxGSzNams6QwpZRALOuFVgsoLM1Jjm5aNof8SHCE9nuu2Ei73E6gKlWTDe10h"
    "XUZBNWbcKqTVi1vEdZWLWy89gEinTAb2xs2T3XFo17OI2keqGIc0HWwL2x+hIVN1LT/FMi"
    "hunKlwx7IIwTrohoTkx7VKUlkKJnIrd8MHO4LPAzdR4IR8AvbX06K2DvUbUsm2S8yf2o1D"
    "014Rhvqf/FH5TwitGFYR2XGFB/FPqN+MPBjVi7cVPB11HYydrapfKa+Ah0MGgw6BPPFlNS"
    "9MW3vospdWx4yJMmzQwPaVxvx9efFesJalLIsf9AH6Nwo26o7rVyY/Taj+aOR0sM7zrnRV"
    "5SZy+GakzZgT0WPl5Cd8uRFfKAzssYkJrWjSWyPVz2e6HWE+wg5UmxYWZB0mCuhrla5Yas"
    "lMbWu2RJfEYfHJuwRw2TFA4Au6lHst96JNhxQ6YEcEqkO+sZWdQm2izqmHEp0cKrtZaUSJ"
    "80lvNnF99fvHz+4mKlqKw+qdNPTEPYE3VpeuRbMIpfhhZzXSJuJlzrCbdcLCbBHgmbzXGV"
    "X+28cGfy3AefhVE0pvYSiHeZRrq1e6pzUz9xPIfPWu3pOdHOTPvJvOKaeOu+SkJ+UOKui6"
    "8M6/x1i/WYzRWw6UKsrxEjkzv5SqOE+BDKqTiUCPOwixwbUQYeN4Ln4nP4SlHVajivlrIp"
    "DUSbUTZ9JAPKSopg7+0xG/ISiPfgMOrN40ZM0ddIQlRXX8qkJhiXYLcUJpXSzZk13zjAOC"
    "NlWIsmwdyr7UQZ51iohzDvp8NQdldvinVOrIdov2yA9ctKpF9WBJKWqLkNQkjLNFxdfbKD"
    "z+E8iYiPuohIxcMm4wBB3RGHbF8gp2VwKel9a880+NQnHoLo2GPhDVOuiHci0hW8jxcp3c"
    "uUvp8YXfCoZw/EIC+RNcPetCmtfxQPuWGl26x5w2AoNPRK4idKOIw3qdiKmmZe6VEbeYwv"
    "cvmg8RI9FqbgME0qPHklaQPHTkLsJYUApw1xJyjkhEcsQ1wXj8NbDIXxLMzYskhl7PVJm9"
    "iM+FmrQmKZwOb1OBPVbCgM7bdTBQojve4LiNbYe1mxHtp7e7Gu5X8VYE7Gaxx30Rbes7Mm"
    "8J6dVcN7Vizq66iFJCbjNYZXfHtKOSSshcxD8giPiHsvcAKXAOHSKnbrxUUD+F9cVKIPl3"
    "LgEzxXAj8erzP4X2cC+zhDCnL8bYaFQTJhdD5EjkCXYFs52/8A24wxQtqcmsYIaW6EXK+3"
    "n0GJHZK+XGuKkNzAjdbIV1DwsYdwaDsEekRAVwibRiTBqhL3U5S3JZLxw2RISZ3iHd97g8"
    "WRSK08QasPEj9H3ASurM2wMUGMCaL1ZqqSBZh/EZpqEAXBHpohu/elFrYZVbSNR1WtLFZq"
    "G1eAOydm0G6GtsNHxIOfX7KTXFHqEuxVHIUZwXwNMiHZQbzrvBk3N+8zeu7Vu5xv4+OXD1"
    "fXYm/JuaCKLg/xa5ViBZLxGht++mzWR86Q1wzunedt+4Q5igmVK4n+rd8dx7iILVXA2GIj"
    "TqQOuAsnZkp3d2Hfbsn5ZCUN52M4n42czxfoFTaoJ36iMcOG7M8oXA1vyAGtAt2RgJewB2"
    "JH9axkXzbxR9KUzfHEh9GunaZusOuicRigO8e+G6I7iOy6k8z6XdxG8a6KINr/g//w/vDi"
    "C1C0bhKFbUXObSzuDKFcw/V4GBFIplqOWEBB2vjaa/gW4C0HpSsaF3euaxHin/zuhPrIWi"
    "iJWhd144bdxJBWhrTq1Gmg4jc3cdIH0SHze05DnHNiOuMsCxesMq8gxAnSsZzgdZSc9Qp2"
    "bY+idNCWFkyL4bUOifZBSRa98d09y7JWWRRNp4ygsZy0s5w6ne5xdvhJbZt7cOxu9f3DVx"
    "Ob/8fotB6UmPrJpWGdhT9JDWoc2wGR3Zy4LnRQj/LGYt2HF2MvhBpRE8nR6k4bjGITjmEs"
    "286d1gqWraI+b/R4fSPANcd3HyHgJvS1zfbQCWVeL5XoRxdPa9QiebmJajSaJCM3dwCJ6P"
    "vFjLpEhp9jsdbgYkmbj9qhm3t5VCo0xzwdNiszB9u7dpU+Ua3TpL+mAuA5sT4eG3sp9uxi"
    "r6Q66yVjuKJp5UoiB7Hr8CYp9IfqVum5SyRbYBFO0Oo7b3dYXP96+/ufxUAai3hB7MPNov"
    "hZGPFuZSGCrKTW9QjiXVUYD3woXbmIRxlZM8xnwNND909w5YoRDXn6qEjB8/PvX6zKEsAf"
    "dYUIPn+4fP/eBIAYzeeIms/NA2HMseuIocywxprQiKZFNqpEvzBnjtlSvniPpbz41xBF5n"
    "0JMdRg/BbKUXJDJX9YSsaoScpqkqF+dkj9mOB5E7bZiQkwp7ZCf9KZ+B0QQPiGUc4jwIu9"
    "SguDak/sIBk+stLjNx7Xl4jPZADjKl4yDlnEHDGCrRmx02GTQxSIZwj7xSJPUebolh4bbl"
    "FfPCQZGxsSJaf+4R67hfIgb6uiOawE+qc2NGKGX9Qwwy8SZthoDgfRHEwETU8PsRKOpyXB"
    "ozu703yv2h1no/6+mBdF0xdFE23vJzHjC7x8I17IMj0vfblWw5tGA0dWMrJRf3oY/QotmB"
    "MExIvqpkDUDWiKaEwmFLJiAshp4WJDGCIilpq9HiZTgKLKjeWN63d7+y10NRPWY8J6dNgZ"
    "VdrXU3bPfWwR1Q72OTkDbP4M9x3gbxVhzUoZUE161VHSqxgRv5GrNjnOSvUQ5d1Xx6Q+oK"
    "EYzJER6iHMz88bwPz8vBJmuJSn08XTFAuRpmV6CPLu13LSZVkF5LSMAbkByNImU0F4JdBD"
    "eJ+dNzn3xKjqpL9znVKLta4CtJ/8Va4MdErEgKyUkq2Gc1bKQN0Iaun8VDP5UiJb2HuaQb"
    "0bc09Sc4pwpmW0xzMJHU05n53E/7yuIQRUJQ2hxBCslTwFuv8JaFVtMC9qag6S9L5STJd2"
    "PD8MRgG9J2Uh53U92/KSOrvTBtc8EBMekIbr+Djt2sTb1nYyCqJaz8ZlgOZiCxgiseVMMI"
    "P/wH4UMzmI42XTNiKmrZ5ellLXHafZFqHYdh2PtJjnnGh3JnrwxQscFy1mxENcGJZjai/R"
    "XBiZaIYf4A31yALi04Kt9YHOLQfpwG2xFtJyO1gI3VFIOjfD4hC1qFpGfEqkf7bqXmpbBW"
    "GJalMfs7WWaqXVHMiouk16gSYUPsIeh/KnUdSHkkLTNpxLr7ifX6jrWMtBdeRPPGDYJPbH"
    "X49tULsHqs5CgE5Sp5bfy0KG1CMIvgqa0qhFqzjoINwG5s1h8YRxWdb2nvglgT87vfOG2j"
    "4Rh26q+5gwoE7p+QpETz/dSoNLDnW5XYd4gYwPJFxWUP0b7Ani/fcoonJriLY0CBGcE+w1"
    "VKkP4IuCxwVkqpQ5mpbReXK0UYUCzMS2X6IL/ePzzcdyjFMieUPCsQL0f6hhuQfdoK6BFs"
    "DImA8JpI8/XP6aR/vN+5ur/K4DN7jKQT/GnIB1rrK+0zIaa/pRsUGOHwTekbYhs8fwFEPd"
    "HW12GAvS3EaciCfbJa9ApSVQkNPYIFBN4Th/dvH9xcvnLy5Wiv/qkzrtv4SelDmEo8oEmX"
    "p0M4Jas8g3Ua9jnznQ7TSI22FECZSRvi37VKtRyTubBaDQRpESIF4m/EBK1nn1dlMurfHG"
    "o0cEqWHm2xyynSPqTJ2C3k6zXgzW50iRektDNqimsdKjhk24rFg/G80SicbVqEHiEY8JKC"
    "vyoUa6nTAuI/5xiRY0FDqfdNhEntVl1IYJ83siG3pU16je4f03sFvJb8+n9MROYPGOroz9"
    "1T9ka2VDiBlCrFP7rgIhlrwUKkdaImMOM+0OM5PyeIB3puTAUEwdS4v2kbvcB4PTT+peJ4"
    "SlsqMAcDK+h/jumiUA7bYIbV185UpEZ0ZMlXE8cNhk6EmqrqycYw3yaSmdwQc6cjFzrFlc"
    "9cOjAbr3oIliqeEEtpUSMXngyZK23CjkJbNVG4CfkTtOK60uhd/DMmiBclrMgLwJ5GhNWo"
    "zYTpnDtcF6TskauDeu6VZAG4i70YQv5jy/JHUKqmnRL6lSBps50XThg6YRflFTvRVfOcdL"
    "NKVoTLhjExmKmW42E7c0TnL/eVVw3/Y33cB8SrQMi2lYzE5tVAqMTB/bykUeEoj150l1P9"
    "gLuAvNVmS5Zrm3if0g+TXHrz8jdqWAWlSJpknL6Dwf2sTxQWDYKGRKIKdlegjyd8+aLOXv"
    "nlWvZXkt39dZaIgl/v4rx8Osoi3WWibfBWIZRBE1WsTODN4FHMnWL5xgt2mOcp2JHwdCrv"
    "wiAtirdx8vP/22CptcOUfe33z86aokcPLqt9vryxOqtSQ2eApdyYBsAtd32C4ge/e1l0xM"
    "U5tXoHP+QRPT1Ntp1sRyf2eTuU8D4lnLn0lpWl5uxLDObnfWY5OOYU1arlgudubQBBJHJ5"
    "4siA2adByxG4fxMuK7WKbGTJ0HUtJTdqs7bS62/fuAfPMdMe/wVv1ZaZybBrS7LmplTPSD"
    "mOhCzfEsx8euIqR5OQOsKa17DKV4Ih5OGKxGRZMwJ9jSLtQN7iPYgtEpWwS/On1xLWGyF7"
    "fIXjT2YJup6IShkCk3tNY/Fac5K2mmWbtp1sQe/EDmY8L4zPEHJbZg6uqwzg6cZ8dtMgGr"
    "J7nKayoNNi4+yLtMf18VZa420Iz39BDeU0ZdJYdfMr6Hqu7uHUzmvO/tQZAxHA29se0G1a"
    "DAf10F76oC/6cJZ0FJySzVIrI/UkacqfcziQzvdxAk5Vll23ysYNxEd+kmoOtP12c6w4uV"
    "BpJ6OcUvF7+XRCF9n8Q+8endm9tBYbnuANEv8W16CmnqDa3A9Dh6NCzkEgU6Xt/VmnP8Gu"
    "1WZTZhhTopxn2MhGvrIzo7a+IjOjur9hGdFULNuRuWHEU1Veri8b3zwL143oRhf17NsD8v"
    "BA+6WMmHkYw/3NId/Pjp+npf+8HeYzMFXKMHwnipq6i6fX1O7HAZcc/2BfSuq58Zc/kUzO"
    "U4dZ9DtbrR3PHCoOSgrXyNKqQ1riY4uBToJQ3kg5nDIUlFpqIQLNs1QeQL7A6PjlTvTurj"
    "DijmYbuOGQXxzjRLGHwmUB7JcQnk/kLCEA8c10VjgkLPpl7DdIA+vZ6RddZmF85KdmYNnM"
    "wmrOC8SpnEKydRWd2FWPjHnz8RtyoMptQr1c3zt0B0lNcJ2hKpr8l9+gTUPmkcyZ6V8DgJ"
    "q1ZN5EhiClurnAHD6PSX0SFz7Cjleq0EdOZ0oGUBfDH7NYqetOr+ychUvFkooMjCvFVe4/"
    "l3TaL/xKia4OBC/J8h1vZLrPmYc3ES2aMZ5rMi0LfkWxVBkRfUuGb1ALMp9c4de4h+efsG"
    "xahvrcVd/3qbUeAKQX+ZeMtkeD4S0LAaJ6JQZ4L+4LAAfs8RP6dVs8GyGxgjSrc5N0ZUt2"
    "yDtTFVYiBkLK1qK2GRGbafOElTWkY/i8GoqvtVVftYJ3XgOg8EUYYC0q5rk+mrYlQRE4Nq"
    "gia1AnT7oMkjFU7wHpwAxz+6WDRhfbVW/3Oy4zbWSrjxidB6vMBx44rC2LKIL+Z8iBh5oN"
    "BqRRwQUbKX/RRBDaFAfOrBUOiL5tiyDzFGXKwwHISMiB8GbYrFdR5QEMqfLId6ZpP6C+u1"
    "YBJ8jq7DmoNhh8kJ/XQhtDUJ9uEdMPloe8xHk+eY0OjHy5Gq6VUiaiBXg1zxvMsLms3YWL"
    "anaNmaagonMc2JudJinnOixmfWiXkel9Tfqz4Oc2JbHIbdmVulTnrSxG/x8mQlzbuj27uj"
    "4G/eJ5H2DzoelDBo8PGwjjr7Zzxgn3GVecZpiH4v9N5MPl+P5AGOUkcMSWVIKu33KoWzwL"
    "Sr3ROwfXRXtyRKdl8WdLUdN0V3JdBDeHfPQ3HyVxHcuuadsYDWfTt/YnTB0XiJwE8l0yvJ"
    "A2FLZM2wNyVJGXEejkFqTFiU4EeaxsIfp3tnEJC5X6LGf55j162crpTY4absbF8vQ4T88/"
    "PvX6ywhj/q0P384fL9+yKc8FrF2JSEXtZjmpfV+V04BrYu5bws160e1bWUtgt1AHGhhHEk"
    "vmuSHiy7ADPsIUet+e8ugPYZBbVEGeq0nL5g/0KYRRq37Nkdqo7nhyX7bHUV7JWAKYK9RR"
    "FswgNnLt0vMv5EsZt7mXSf9uUDaxtWyAM6r6i4WK1758Q0ThRrHduws7YoRYdlC/d7iagx"
    "exQq8Cq73wuChg0x7vdT8TlkPEuh18artJIy06v19ApAw1YvcUbQuA11nmMeYNZup85Kml"
    "nWeZYnjufwWatpzomaedZ5nl0CLcil9aui0ObEtA+gGbwVvwK4faiOuJB8XEToA4e/YE6w"
    "fWk+BWU3Qq99KGKZvHnNdH7NxK0Am8I8V9ODa4mt+MHuzOl+6EHGKBOo2krO4KxU//io3f"
    "vbI8TmhHM8LYG6ukxUQbAPaB+6KJTP6INjl7UOqSnTnpLpA+b7XuEyGlEF4JVA/9B9dt6k"
    "rIQYVc2tnhdKS0h/WCsvTl5SW+ek5u4bGgZtp6AgauagpQuNEdspCy75gVjOHLuVHHgild"
    "cWI7GnsXjXJqEGzx+u37z7cPn+8fnF8FnUcEOcm05UKCLZgi4KRYIsoTCOQl7ivakHOCW2"
    "NcKa7e07x9hnDhUmdUlGzqYAk7Wctv1MBmfIpYsheoY8ysTPGaJzNHOms2b8wQ4DTjTKZD"
    "wQh/N1BgVGZDkSjwZoTKahh7C3RHPKTrC1ggUVglwBH7Zdxyuxujb4TYvi3VkKX2RpmkW8"
    "IKJOG9QHgk8cg8SdnN5q4C5VDvNNZHRud3M7g/p300ccwbeNSFsx5TPMh1CCaIZt5OLGtf"
    "F2t/3OqBipFgWSEtGeMD9w+Mc6EK+dAlwqbxS1DYoaIwFbjuhEZRGnZcwqLuLpKCejZ6UM"
    "prk0OUL8kY2XJTtC5bmWkTmcJfFcNVb9LV0IY8KbRiXzgMWSVfMi1w/CjKB74ot/TALC5B"
    "gSBWsevqmbH7Jpq2CAjGB39EtpasgkjQUR0xD3IjsNrVKfGgHXD0SWCC0rFBBdG26oFjAi"
    "q2Gb62x6BDHxRvriZbvj5K876KaIkbjLK2Fp5JP/4CWdE44mjM6fol+YUCnYUryvS/QYng"
    "u9RMQ9npSU1tzbY7boGRXdS+XUWkuYAgWqBQr6mD6rOa/ex2z7KGkdrOB0at6RK8SbzPu9"
    "pqB0KaF7/5vI6aXDdgPT2B1MJxNOStbqJjfyWq43buSdWWIxRELZDXAR2epAq7zc4XbbwR"
    "GUs72EWbWoJWmSlvS0cTVodnIgJuNmgqSGxYdo6ghjGHxkWDzcmU6j4L9DEXnihh7H0nIr"
    "hbvO/inK6u2yElb8gtFA1vmI4G+P/uHsJX2In3dCWx2U8z7y0nAT7eMkozayPl9hsmRnEs"
    "m/Si5mjANrhizxbBTQCtZFrpkSemcH9zM8Tkd4HPnzFNTb1fg+2Qu702xN2c7dnbaGhtkr"
    "DWPyuUw+lz7r2+RzHW2V74VosLDrlvCR1ZvLSsDUkttic+liBlLvHHXdTELq3TQYrrM3XK"
    "c+tM5niDcvp3U+x6Ho9bROErDeLJiHTiT/5rvYIjyu3+1BMDlEj0cVvtflQHiOl4lsyyHy"
    "KkJ4dnnzLQgfXYzm0yB8Smrk1DuJy6rjdPoY2oV3+Egk5YHYfxARt2JNGwO0X6mabOxfwN"
    "S7tP8Z8mBeEa+ZH1K70YcwWBxqmdHNePyoVQOHnVgGfj7iaOJMQwYfxUHUaAHbM3OCgHiv"
    "kFwu0NP87/JfEEv1QB0beppf+j7x7L9Tz10OkZCRN+QQlV1B+h/o4X94f3iQFLW6N8QnO5"
    "MJYcQTR9FrhBGjrhv6kCcp/U/hHE4rGT8e38az4/PLYWgNNG/Rkz2aLHnfkWl9dfQDShd1"
    "QF+VXYFDz61tBVCLkgbcvJ1vWSFjrXJKcqLdMTkhGAN2ZLkwXkVGgkz9Af+v+K+/thG21h"
    "06YZr2PUJbG3+VjEBQ3MTSMvpvX1FejVSlBNBDGYJhUbFNyBN936q4oc56vz8xIiDlZZnp"
    "dZx0WqpPPMCB6ejQiyBSwj4lZKBvDb3ximkwCcYrpsU06FA9TreZ2HlVko6WQOwSxAws0J"
    "C0WMo5SQN1o4KTjJTU2Knpz5aS6UP81AG64Y1D5qnCnJYxMDeCmYc+YZzYFUWOasKL84Ia"
    "Ay5rzkmODjmJoyThEsBN4zVt+b3/+XCJPSVstCm3qq6RS8UNtHe0HoCv1snBWlkLJ3V1uN"
    "mt2rweTjW+ah7CHFtvnITGSdj1fSG9A0OAF/exRRQhzcsZYPMpCJV+15pEj2qPax/8QntR"
    "ISLMJEzKSCdSPcT6+XkDqJ+fVyINl4zH+0Q9RRZxHlpNdE7UTLTWE22FPKBzYT6pnVI5MY"
    "0tYZ3OqZArA50SMSA3AnlCcBCycl22GueslIG6EdTYd0b3ZKloNmSlDElzQpkFB8byKE0l"
    "ddNWetZVUm94TVvJw9SiNLErJzcHFrZmwqps/zJU3MDMxxbzMYJMMNJ+OgryZjbazQYjmF"
    "NPfK9Wc1EmbWaiZZyvdFJyGjJLiY7Oy/VRO9p5UogO0YwHTcpOBYSbuEYNFrgJtlMMSkrs"
    "a8gUtEhUdQRSykPedFX3NRTvQEtbzgJ8WcRCV9cJEKvEJyxwiFINuayUKSS3RSE58bvVPe"
    "oZIZ03opsJEudNVOnCRpEzK64s0eYV2D2p9leIvaC0/3ztSZsW64hec7yTVq6AEXf+R2mN"
    "Z6U0XuTaBI1EiIml6ZYu6E1QpwQN2pvRdgUSnrUczVW6zWaFNG5MoWr776yyuz7pRgfU1W"
    "PDDYGGCGqi7CbLieuiCd2+8Uq7XfuE0wWiGl02IwtZaiVlVp9UBsHPZDmoTSL4Oao90yiP"
    "YBQXqtlcna20+mUSrVtSYbPB+C2KZuoRWrw52aCLAS4m7cDUJus6uCZS+0QCeH28dCm2R7"
    "YzJbxkrq8cT5xCFXxZQTY32eNlEHFpeug/N5NIDwW6ksv6c7I4KDQlw1Mxu1AuFCM79F3H"
    "ilsBbbUYrmKybLUOxFlx9e7j5affyltjXJWQa1e/3V5faqZGvaXM+R8JabkWlVxvoETNUk"
    "M3qlBXRNgNBN1xx7PI3TCp5fr47p74wR3M3l300d0TqCRrk2QqIVdR6FHR0CVcnuMlGhM0"
    "pR55JdYCQQ+EOZN4bFEZO+iTt1Dr4OuoqHTJ+N6pcztp6V6tyMl1oHowroTMkajdkajT9v"
    "o+YtPe0pBVbrHpMQ222YSgmyXjN+61b+lCbFXeEsnGSiig9B7NxGcu9abFVg5DBHceolVK"
    "73DlqB0i+a2GaBxa9yQosXT3+6gtdtMELZWXPJHZxzt+1P2162943XZu7HJTDkB/YE06ik"
    "lH6UE6SnQ4FyGubyO0ltK5eOfgGlszMAfP//vxs397+QTBUc+hfQkoM/BfYBygMPdYWpTN"
    "KIYdNh4yJZwPHNqtk2HxSTbFqbUrUkMamBVRlx0Fq6LUqRXp8xBJRR6IuGiLd8bjQqKpV2"
    "zDDYwFYCwAYwEYC6D7wB65YEI/QT1iCRvdAO1nDZsTRPloRWxOEGtDyxhapge0jGEGjpn0"
    "bZo7HQv6LlbH6d0kdLNATu+mQYdyCLrNRIMMlOdnpgiCVhDrk23VCup9FbTZCc6aODRuwm"
    "BMv30gHBwRgxJ3RnbAsM6ZQeXQ0Tw1dqMn4xLFw6MKCBhZdD53AuiOI2tSQVDS3OHEfoou"
    "EaMLcAqC94Gg0AscV/oBkzvMMEc2OAUhLQtI0KLfY/+Pa9LSBD9gR65siO03PUwOwVNWuy"
    "z62C1cvJP8/lVqzYp3kDJYzLBgXydt46Prfjh2HT5rV3ZkJwHC68mQ/1WYjGS81pNxm0zA"
    "EILag6QlWBu4n52dNaEszs6qKYuzwjEf558Uca8p8bIWMfVdtqjvAqej0oJfCWhchGHw9f"
    "kbJL+ojxn0vosb38kTts2q3z0PKswAQKlFWl5W0qQgaBiekHL0phUtxYnOy3ZnqgdfZ8ST"
    "bxwjLl7KVClOPFsoquixzNB70uwt7NVSEEr+3C/jC+oDJtNyvanF2jYEUhOj9RfCHCoUjU"
    "9yrgsma/rysM5g9eOBI1CXm9mrN8Le8x1iETjUEnlp/b1CC3jtxDsGanZIkEe+BVE4HWTh"
    "gJHoYh4gFnpoIU7FonG643tvEa93XDVco/zHHerbNVmQUBA9dJUQT8vobPwcH/fUqhYvzU"
    "i8Ii2UgZxod3SBk1T7YC9sOdE50R1M9AELhcHJAN9qXU124jBiy7Ph9DQ+MYuyln5cJE1l"
    "FeREu7wKsFQgiCT/8AmvAsl1tl0HK+HurIR3QieUq8B15k5UoiVRILG3HFN7+YhH5VpOb0"
    "0ACd5mW0jLdWclwJ4grYPi8SC3BluYG5PTWwSEsbIVcCs0vfLZXwnoTL1CEYggmXAwByfY"
    "cXfQqOL2+tfbevY7U4IpGZ6nxPWhEFxcWnhJfj6sJQ2SEY24ggfCIIMOLHpZM+s9Dj1r9r"
    "PYiKGAK1TpQJRNea4+hyUeO0xkn7wWh3hyH7F9e5Cdh6wZ9sQvK2cRDvLULfgFeJKKtZuM"
    "7x2/sKvC09XkQjyFRbQrGc+URJ9iAHdWg7qPPmptEhRkO5rR3PHKzua6+NWcoMbF0yEIiX"
    "rBbIgcD8kvjKBjB38t7/UKjZdIgB6dLSoL/NBBrlCd1LOUWgmkZXr4OjxvsplX7+XFhrOW"
    "G9rEbhlVXxDW+J3QPKCbijMRCjX4hI2e3ZeYjXWxsEXhrjQfiPYjjMT7bEc8wtZ2RLtuA5"
    "zgMs9t5eJfje/Rkt+Z/hLnsavgmRYxkFaXA5LvuDjSw6BEQ9yY/JeTNsp3CdIzzEfi/gTP"
    "4anFE5FSl2CvHOeCbL7MthDuIMR1p9vNzfsMa3P1Lk/LfPlwdf3p8bPcVlwEnkwmxAqcBz"
    "KaMDpXZU6L0saFqjU7Kn5apKwHo3/SscpZUSJ5uJ3smWLg1OCrE8yi4FTpJZNNljBKFuDh"
    "9zcB2YiRQKAHHZFsrHRMlwsfDv3vFcFfNRKAIGFhDMsukNBGgIZqpu9W8GvCSF+FzPsUyi"
    "9fYKVX14Z1zHTU+jYZtomert7WmqQwyWfJJydlTih35J1NPtNx85kKM9MU8OKUmhJXOXIy"
    "WeMFVOtjiNNyfdLqd1FJtc9lfwZ/gw6NEG/R8DQz1X/a8enwA4dCb/MZmTjf0AKUOowmjo"
    "dd9DeZdfe3NjOwlwJBwPWrzEEyXvMpgLRYmegFdPMw7ustocdJZ+/klxz/RTA9p03P6f6h"
    "bSqi7N0R4ZcpKrXw+qVqioG2AG3gEFaydqtz0FcCW2Wga7ZHHCIBXSPC4zaehVLGI7o43E"
    "h5BKtxCu244p7qsgA/gttwGY8RBz/xp+gOh7ZDPIuMhFJ5F/W0hCWXVmkIe8QR+RYQBpom"
    "1NAXFyFddFnXnusQjy7hcH5P1VpfPSCpZpJ+IvydBIH92TSkz5A7hyB3TH39HdI5JpBvXd"
    "G5Ub7leU2+5Xkx37KwyTQFuiDYQ8SfvWhCLeRdgClm4UUl3PEWrox2LNdDsPdSsNxEVu/a"
    "+ckDHIQlNkBNGvxKooerdvdbhIZBHN2xvzoXw7Ger4C2n+tI1sy0zjMdmZSjKAeiReHpEv"
    "GuxCh/hQASqMIa/Yg4wW1C2WvpBqJhgJxgiDwqjG823UG2czt2yxScO4kXcVVLtcVE52XN"
    "lqvbTGtCnP4Shz/8Avv1oCyJOTNgWJvNHA+NNv9mJOqlB9nDjziiCw9JOXD8YiRvD1QmDw"
    "i2k6qfwMM/AlJTjuR3r8QnHuFwGRzCQ/Tl8w8y8k+GAsrSBI7cwEuqdx/wwU2C4FLcWioi"
    "JQqaMGFwhinVe8tVCXzrcZBWS+PcRGd1rzdbdBAUIa6pc76SMGXOtyhzriHv1KEp6YRubI"
    "inU5xpQ2v0dpo1MXY/wZxHOBfs3NW1YZ2Jy9KjGjSkYlDiSlqJ60ZRwjCUS0/Yi2QhQ20W"
    "NHRtNCboMUY2W0KttSdPEdTas0LGo2Y7q0Jsst8LcimFanu4pPT3wZ6qZtaK/zd2rLFj9d"
    "5NFexYh4/EWwP1nYuA1pYOyAqaugHN6waAyt5CPUiJGd1AO90gE7dNW0zvSshMrtaTC/E1"
    "an0pEoE+clI7j8eJlLY21lNa0LxDWr9D8VypKXEZIaPHFerBkTINrqYcYiLRmxZeh672Gd"
    "M146VyNHeJqDkcmhwOa9wU9468oNk/TDTWKZ68E8drG4yVEzVeCN3mWTN6+k2clDmooalX"
    "Y4ZN6OqRlR6+kbeWcbBOEHdo4FHhmVWuKHr86NGrmFqmE+TRqAHQk1wHiNWzIZ80kRV/PC"
    "ky1gd43hYNJlI3Vjk5c2KGrVZlq1NzqKQiZsV6qB7uJQNNOngU68KvZfqUgnZ4awhS+Edj"
    "Ira9En6sScGVlPApFgd5fqaYPiExw5NAuQJLQdbAvRFuseu3XNxZSQN1I6hbLeuMoAF6E9"
    "AMTj6hTrZa1kVhA3hTwNss7oKsgbsMbk2M4K9kPKP0/jIIoADRoMQEzo0Y1hnAi2jsCKcG"
    "N+q1GAizUpZvF7d0Hghb5qzN5GNpbXrhfExYiWG71Z22MFlT91QxWXNixmRVNVmj6StCXm"
    "lBrQX6ZEHtrIiHCVjboaNCnbg2jglNCev0tLoCds9ajuYq3T2yQmbvUSggVF+ev7KIUJd7"
    "m+2iNr/seD5SbdaclTKFmzcXbo4QmxMO/pIi1Bta0qcF+4B23Ua/qy70afTBNaUCejJeZy"
    "/FAFJCJg7jATpHP18lJRGwxxeR6qrHNOhlv/4Qm1KDagN2NWTYxIK106MbmbDxq4wCKmsa"
    "Ec/2qZiQciu1bvAWhqjJ6zF5PTps9gpmUrL0FRHNiRlY8xUpog1GEdWslAG1zGkf4aGiVG"
    "ekdFY92sbPNqpA/aymAvWzYgVqk76y1whlTv4qglsfhf+X7tzF4CdGFxyNl1Knkp3ECOhw"
    "caBbM935OFEpscNEqbF7SkTrWbkWc4DGZBo2LOC5a2ZJPK2sclAlsKvxWqN6BYAi7ngWgV"
    "jOBeZojm0ClQZkBQFGYhOG2MeB3QYfsDIHvpbqDg8++DojHkzCHC+hwEOA74n3CkGjGI98"
    "C1D8psoqEGDKk6jdHlx3CeYNN6Y+keiMBGw5Cr3AKamaVr9AcqIdWiUfabISYDd0PI5kiI"
    "RYEo44tMJArg04uZICIuJdOL2lId+IkWxFqWK55MS2MF26Q6kqWC5wJIzauVhyosbPUgRW"
    "cvkqtkpWqg/M/wEaZJq0v/7v/qFvt5zmrKSZZq2n2WR39nee9XIMXsd+gkG1Y3A1ZNjEMU"
    "jSoxukdgoDHGFZ/F7Y6GKKweUHNiJ17afoMxGnk/gMi0GcYJfYr6PIVQKlA8EWuCfE59JU"
    "ZHQhMzXh37Fp7xBelt15iEcaJ6UWGr5xUh7EfAqZUnX3eHgPHRHnZxdNirvDsJp2oxeF8u"
    "7pL6cAdE6sl4Dvobvr2iNZwgZcMoaXmzyZZVSAXgX1Bx/Fj+VDdCcOOvz0b3dAvt797W57"
    "Qu3619vf/8x728WUiVtYIWMQ56tKsZSI6+x7OAbPAr965BM24kQ8pORcq0e4RNwQWRmAHS"
    "5UW/iVJdhuqq+bEjT1dZvX17UdLnEbiR2KKx58RdH+sYi7j3pYwdbCMZkVNbyDbrxDNroF"
    "jNySjczxMKtQbtYy+T1sGUT6To82sbj5z2ouxTtz9e7j5affysPAr0qaBV39dnt9WejSRB"
    "4cGvJRmwkoEW45E915sw40Ee1c7ZU3MZufzpsf/DRihVHXLey4IVMKf6oS70353Z1FOAE6"
    "UHFOBmEp+zHywp15qVIJSvH6WAWyxN1reGhZhPPtbe2uvXo+DrlQEdvttjnZ7qyHL/CVYf"
    "Y95NFgJiYbopc4iXaI01oBJk7hpKbZ1FQ3NdU1facU3Fux97cNK5KR7MyRdTJ7ll7BGB/i"
    "agfVsRgf1vUQNodipIonNCyyPRM3FevPHiLHk+qqZBSigOsoVSgJ70g0GLS6EsduV5TT3t"
    "WdTVyFFnujias4yMGjmkprkmjVkmj7WB9lJ2f3PorRGNPPqFH7VaMuCXOsWZn6FF+pVZvw"
    "eswmbal6Ynesn1Sy0KUHZgnnHOsY2+kl+4/Q2JJzrlZHhALJFYPmUiK92OcP0K0DXioFhO"
    "PhPUR3L1qKeGIQk8VZhP/x+eZjpZMqEckfl44VoP9DegUj7uKgBDDqdZa8epI7/OAGR6/c"
    "9q//D9gLHQs="
)
