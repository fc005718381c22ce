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
    "eJztfWuT2zaW9l9B6YvtKY3Xbnccr721Vd1OJ/bEdqfc7dfJJlk1REISpymCAciWtbvz31"
    "8ckJR4F0HdQAofZuIWcUjpAQic85zb/w7m1CYuf3r1LSDMw+57m3iBEywHr9H/Djw8J+If"
    "lWOGaIB9fz0CPgjw2JVCJB49ctLDxzxg2ArEgAl2OREf2YRbzPEDh3riUy90XfiQWmKg40"
    "3XH4We81dIRgGdkmBGmLjw++8Dh/NQ/Ftc5uH4n0Tc+M8/xR+OZ5NvhEdjQk6Y+BLRFf9+"
    "NHGIa2d+n7goLsnPR8HSl599+fL+hx/lSPg645FF3XDurUf7y2BGvdXwMHTspyAD16bEIw"
    "wHxE79TPgVMTTJR9EvEh8ELCSrb22vP7DJBIcugDX4j0noWYARkk+C/zv/z/irpYaNRp+u"
    "b0c3V7ej0UABW4t6MC+OFwBm//uv6L5rQOSnA3jA23cXnx+/ePlEQkB5MGXyooRr8C8piA"
    "MciUr81ygn86AAdUpkl3gnH6wBXy/GBMoELM3gTS3a1dLPovl2hlnFwl1J5MAUX66DMA7m"
    "+NvIJd40mIk/z777rgbX/3fxWUIrRklsqdiEom3qU3zpLLqWxTjZVBRATokYlJuhTObYcV"
    "UwXgm0QjjeXHUF+LwRwOc1AJ/nAbYYAThGuGQl/yCuBM6clCOdlczBbceiT5N/dHB514B9"
    "+/7j1c3txcdf4PZzzv9yJV4Xt1dw5Ux+usx9+vhlbl5WN0Ff39++Q/An+q/rT1f5DX417v"
    "a/BvCdcBjQkUcXI2ynMUk+Tj7KTHPouY5332qec6I7mOjDvGWD9wFyScCRR8fUXiLHe4OE"
    "dogYXSAe4CUfIk7FJzgQI4KZWAloHAbIERI+YVyoU/C7ufgA4alYFIOTWDSgCE/uU0oafD"
    "DG1v0CM3tUuELPaNXY4qX52Tz/CfbwVM44oAnfM7Ynrj1yKxbTLb0n3qDE3shcr7U1qCcM"
    "AzFUWAfJ2E2GxuArLAqM4CiJlhAsCrHd2YQhmz5Ft2IZydshJ7rm2Ah74n+IO1MPByEj4h"
    "eJJ8N1HlBG7Kf55bO3h5QYQ9V2zxD9Lqwx3xGrBt5vYwcZO0j3s1fBDvJDJkYQFf0xJdJD"
    "Hf35ywYa5PP8mbNWIOHSURX0A8ErNmfCCBz9Cyw2V+IFzU5/o7Bruml0QvfKvFfrQ1lxmr"
    "OSZpq1nmZxereyyXj37LGTmV9NTKjPxKIPhC3fij8HJSZU5vqwzoRi8UixAOOhO3XVtPDK"
    "2M6U8JK35tLxMFuWvzNrmdwrM14GhO/HJjnOW3L54foy84IIfeLy/aeLz789/njx65PMW/"
    "Lh+tNPyfj04r/87fbqwlgrh7RWzFlgzoK9nQUT8UNmlXRa5vqGs0COVGHTricIWCpOOBef"
    "DJHjIQws7GtEsDUD9gqWsBhjCeEJZZKl9ci3oMiZbXerJmdPfGtz/Oh//KSmSuEEykqZQ8"
    "jQC6dyFhl64eSm2aiU/ZtfTVTKWxr4Zaqk/LxWhQySEftkESp1N32M1tNwaXIiFANFXXkt"
    "sytdeU9uoivPYktffA0UeuC3B3PDEaBi8U1gzCOO7smyme/oYBq1UfZO4JTITDP1Jg6bt5"
    "vonKzRB3SeaRfzYMQD4pftt9P3XlA+yRmx3Aw7ke97H6/vM8Xd9noS8zkLwgMEzogofA98"
    "9NiyCGzEcUiUj7kw9FGwcCzSbPsVv1D85+//fnb24sX3Z89evHz13fn333/36tkrMVb+xu"
    "Kl7+v27Pc/vf90m10K8MG/dFHgvgit5iYiQ8r0uPTlWnVOakc8NfIwzqGhjDIzAWx6aXv6"
    "aNf6nioKbNxcvAe0BM3q8Kq1hNbxVbA/Lyizhygm6aMEJEQnCHsoyQ9E6fxALfJRjMZ8Qn"
    "oUIV6Lic7LdmeqIerRS4Iex2QaevB2wu9BsduP2Fvbsp1bC4YqP4lpZuSBtkuQykoaA1nn"
    "WXZKLOOarOgyg7gHmaTnTTSj82rF6LygF0klXtiZnlJCdFaqfzi/ePasAdBiVCXS8ppGlI"
    "H4/IOYDM9a/oBLC4HkhwzrqQMxeORGo0c2blYHZPALc+aYLYFaR48pmwrrcYiE9BAJk+Ke"
    "+9gi8iOf0QdhQbAhks8eonFo3ZNgiLhLgyfF6KId3ncLB1UMg8oJFIvsQ8PQNcioIydPNV"
    "MSrS8VomQtYXiS3PGTfj9VIM3LGWDzGZTxVqdyqqdldCahWh7qL5sk9b2szul7WUjpk6eI"
    "EsmXCPQQ3udnr5rkqJ69qk5ShWtZhKMDugjxzRy7bqVbbC11OJ9YmyCEOPT57L8fP/+3V0"
    "8QHPUcYY5c6k3hv8CvglNsTCaUqbnDXpx9/3LlAIM/6lxeNx8vPnyIfFyZSklCK1KFPpHR"
    "GfjmC3x3WDIifhEPeBHPOv9uWqpPiJ6Ss1Z8/pm6bui/DXlA54TVGWDFkcPNdhiTQiMrlt"
    "q9Pba6M/yxpQ1WcS9jdxm7y9hdxu7qOrCp7U3FMMiJ9dA82E8tT6OhGg21qxpqtsxjBJES"
    "9ikhA31r6B3PD4MoLVpx7eclzSS0ngQaBm1noSBqpqH1NFhCuRmFvGQf+oFYwr5zq3IN1m"
    "J5myqSexrLd3AmakD94erte3GYPn7xbPj8TOotwoByApLWaM6flYQi2k7ZOVuP8VrKQLwJ"
    "YkYeiBeSFks5J2mgLoNaX27tI1xpTrCthg/VWTY5cM9cWyFgYZfkW83NDRtn2DjDxhk2ru"
    "vAGjbukGyciTkxMSc9iDkxpLIhlXvB5hhS2ZDKpzwJhlTWYhoMqVycCUMqdw9iQyqfGKm8"
    "mUdWo473nye36/w4wwgbRtgwwoYR7g+whqM0HKXhKHtjyhqOsuPkgOEoDUd5ypNgOEotps"
    "FwlEoKt+EoNYXYcJQnxlH+SHAQMrKZqkwNHDZmLCeR0O6ZS+w7IzFG/jt5yD4YzRbPMUyn"
    "YToN02mYzq4Du976VGDNShlQc6CuzxAVejMr1UOO04QTG6q+B/Aaqt5Q9R1C1FD1pwK9oe"
    "o1mARD1WsxDYaqL86Eoeq7B7Gh6k+MqofGnJt5+mTUsDFJL5ux7LcORdzqcbf1J0puarh3"
    "w70b7t1w710H1tSdOCRRXNm7eEMDM4OyqbVreMzjI2p4zFOB3vCYGkyC4TG1mAbDYypp34"
    "bH1BRiw2OeAo954Ts/k1LuMr4yrOMr46iyRgxlNbyb2cHfU2yP+P8/K9lCNb5j9yzHZn5w"
    "8B+T0LMAEySfBP93/p+Dwy/VjbSHIesMWddlYOV/C4BWc0fJ+D4SR4363p/V9L0/e1ZQEP"
    "xw7DqWIkGXEdoN0kf1yeQCDV82iTPM+11SYYYvC+wcEUprMLKdKeElNN2l42G2rCDp8qI5"
    "uMfLgHB9lvbg3ceLt3+/eXdx9t1LFIpbM9kn1xFwY/FdYNQjjmJtY6s95PLD9WXGTybwv3"
    "z/6eLzb48/Xvz6JOMs+3D96adkfHq/ufzt9uoiP1cW9UmJTXLBGK6ao5VIbnJch3fR5K5z"
    "UV79evv7n0U7Dn7cCJes7Xonb1ZyH75ejaHshrd3Pc3km++I27WY5qzkDqY5PhzMLO9+lo"
    "XdT+9bvcxZSTPLOs+yiyVR2Wqe87KdmenBVyeYOR7CaO54YUBeIydADkcL5gQB8YSWgsY4"
    "sGbRWX5aC0JoZ3QhpnTNDzVWf4qi7dSgAy4CGoqJD4ZIfPXtp7pOJRovR/fi+6sYVyWirU"
    "wszXbPfdtYKdjUKJiC4BYcjGaY74aCYcR3sdUG2qKk9tgOboW5CpGy4mhYYI4YDeAroYBu"
    "vVFsgFwXX0JoO8GVF7Byf8L66rDWpwDjRmQ1cGPk89cZRbZjo8UMBwJs+d+h+H9xLGPPRh"
    "NG5/AXI8X4ZjVRdT/FEKU/wZL2L7/mi69kOT52K6UDzMRzq28eGLeIcYv05+hQNy4ME9QF"
    "Y2G1BzZVatcSOjtmBh4Nvac+2LcPhI2HCCwXcfiDzQgH2tNo3lrou7uvDbE+a1QNjKKkzn"
    "OijYGRP9ybHg95OXNI5ICNdSIJiMIyzon1cA2/OGuwhl+cVa5huFQKtdoCzghpb8AdePFa"
    "M+xNy/yF/7i5/lRBOKxF8nqOYwXo/5BebsPBJZlQRqQthScBlGWMnNIcuWQSIBoGW5vGAF"
    "ZG+UkW8cqXm1rfb0s8uXCDy/I8DsXYhqxU/5i33Wsijq+CbzS6f7ieN8nqOq9O6jr/TqOA"
    "0rczYt37FDIGSkig1NXhZhLIyo7eyARdIO5MPaF1c2De5sQTW8wEzehCCDCxCyFhbz/iSO"
    "yiQi1nBIv720/Rhe8Tz/479dzlG+SXZbxz8ldJcvzen7ZF1ry4R/HNqssAiQV2k/dx3Iis"
    "A2Z9GC7oIJrSDPNZ2XKujn1LJPQOedsFjPsKZjP8Wy/5NziyZNFatfcpI2ZeKpWXShO97B"
    "3BWRUh/XkDXWyWjNuohYEbNNaMhKYDOlFWF3qKPsfOXbRwghkiD0SoQDJ8BgZzIm77BmGh"
    "NDjTKWHCVBT2oiOUK6EyIWw/YM8qceUd7KlbaGW6KAWn4Y47rg58bAvzKLnPRlEzipqe6H"
    "dOUVtzHyPljawoq/OeJo9ujywID1CW8dF1m0vh2yJxJS9sXkStX0RjMZ2oxXQjTIJBicUk"
    "Px9utph4Mm4zb+0hGe8obBVpokDUiCPMj4z50pqm3vHNDSutuz5ebRLJhaBogqZlDmuEas"
    "9L62LP63ssKIDpM/Lg0JCP1I3Igqg5b1XOW2PBn6yO88UDLYXYlVkb2QENtJ4wFlDTfFAA"
    "GRhiKSGPSi4WLUnwFJXWn08OpBpdp93t/vD+8C5WBDCdoLtULsodEjYDlyUpGF2AEgX/TD"
    "QruhB/M+zxKFr5jbwogWAowPdEUsl4gZeRIIZQgT+8ZNBTdENhgE0JfOMAzXEQCEkxdjFz"
    "gKBmshzG+gFCcaPzuRO8jlJX4JdGH8iYYx492hZy8IdCAkul6tYtzaEP9LVRLnaoXHDHs0"
    "oM+HqmZiXUHYZmcBNgJuOQ0rtTauNoRqt1nb/R5HS9EN/rlvpf/LKTdX1xw6kqfltA/VHo"
    "NzpSq1+sLXb/BXZd5eDvjJDZ/83+f8xEkZm4NqOuainbjNwpFrI9O1epGYznNPTKPCJ1GK"
    "+FDMAb615DlfAx5o5y6euMYFeAlq5BnzkWAZWGegRFJby31mJaoh8yRjyrpCFZXe+ftUwf"
    "E82a5JlVp5mVbyCjuePRkv7wda6CvKTWHu+vYLRDRgASmt3fQx/B69k0O/goLm8fLyHDYZ"
    "S0slJ5Bcpke/gq7KU7U4LdXOjsVC1XuyBpMG/Yd8y3WxYlzUp2hzY4ycAOnzBH8ZVaSfTw"
    "VXrV4EV6Vfkavcq/RHDvVuZAVrArmurxTALAyyrHuVJZysjorCmpxlecPT///vzVi5fnK2"
    "Vo9UmdDlTS0YyPMJuTku3hklKXYK8c2LRY3iEq5PQBdvAj3CSqcIY9BP6muR8gsSQcV3LH"
    "Y+xCygP4j/CYPhD54YoOQXgqoN/aDLu8vv6QOS4u3+c00U9fPl5efX78PPc6RBOmCc17Gd"
    "pTUpruHF8Z1hG84/WYnXK76eJwssz8qmZP9Fd0hXgPDqMeaIpyzUYn3J9NiWFTWM5QwToc"
    "nSquwMy70FT1y0r1UP3bQ+uS1DajBrNp4Kxirua28KZQ53f+/qG9Y4vG2Iv7RNe4jvZsJz"
    "oQHstaGDSJlNb2zE7iO7ezRkxfo20noBMUolZG5xeOJfFRYXlGl4ebzc9RuBq5MWY3E0Ub"
    "i8sMIQg9g05NJYG5DWW2CFFa3VTFTMoIGbtUucJCMnuqm1xG0Oxx2u1xGTPOLzUsavWylc"
    "wpqmVqbdZnRDkoLREx4GrcWP2tDFT6ieGKQpipy7XncxTwNJquRu63z3omaNe0Wj/6EWuo"
    "3x1Sv3qFsfcCUk5DVpZZU0PxriR6SIrtoTmdgGJKmVrMaUrGgNwAZEM+7pl8ZGQubg6PVM"
    "M4I2dgNsbEcQn0Clt4E4NeZQ7rRaEPvs6kXQAZ6DOBLIpePh7nmMdmAppSNF7mCb6jcu2a"
    "5MQcqMvoL9ix0YSyE02H0bqTx46zYXzmUOYEJQDfiCXpVoZ3puX6FN354uz7l6vATvijLq"
    "bzRizoD8XdYkJkVT7FuJSsVP8W7n4CUyYTYgXOA2nhIcjLGieB1k4C8s13xO3aTHRGcgfT"
    "rNl71qdZNlENvZ1mrbwm72jO11C8OmzgM0nqNmwOabiT7hVxuvO7qDtE/EFE8fC7oWxheL"
    "cKF1gNiz+J/NkwjBHkY4fxYgjEnp6xIfKf+vAWiZ85uifLQly/8ffs5Y03/h49nBPG37P7"
    "kreZ/aQAa7UFVRDsoWNiL1bURDyfMGgFXsY81hRmzQm2rM96IFbrOqpYF7fQHaIFFK2Emp"
    "gzbCMs4wbpJKpbvthB3uG+erEYP9J+KUfZalVl21kJ9HC72b0f1JBjB9vWV9ZAEekLxnDF"
    "np6RyiGtV+/3XewRoH/8/mcpcLHV1AK8lGTvAfz05ePV5/dvCxiujUwlALNivUevdPllrP"
    "E26K0lew9giowq4Gi4xK0Q1ZlLTE+zSzAno/bugTJ5M+VaT7nc4Fq92VnJzviCBjdQKB7s"
    "16gpxIKyezTHS2G7PhBZ2hFxCmX44ji201oORGDdZjGk5TqzFE7zhSdB4JaVyqrPEVtLdS"
    "T06ni0R6qBgyKbXZTcgtLuDswKjLbMfFZENS2jPZ6yiLbrzB3ZFwSjmK6J2hCJD2UhQI4C"
    "Cu7bhkWIdwl9K9I0L2q2kJItRBOn/gciDF9W2WIsfXlY59Z35cCoHZccqVaqILsVDsUr4Z"
    "FNpQqqZZSTKXM7cbWjXZPN/kQd8DDDRczr420TGRNra/qjmmCG7kCKrYrCydW+rpSI8Sg2"
    "8CgmDiuVRZuW0V67PvSSNREGvS0ZEinCt6lmjZXa8m22o+NGnTnXAXJ/laZz8aZDlNOCOf"
    "nLVJfWS+M1WprR0nSGFLaMAph1rcBiAZ2tMcnJRdP+iA8Rnsh23w0TeY/TAUy1Yrqpla6g"
    "JpuwahNWbcKq5T3KwqqVnccmUKQDfmNjy+65tmjcw2kk1QtFnAuyBu6N1ZeouJGa5p8SMU"
    "xXvmTYA2GccEVEc2LaoyotgRQ9E7nlg5nDZYGfqfNAOAJ+aevTWQF7j6pl2STjTe5Hpe6p"
    "Ccd4S/0v/qCEV4wuDOu4xID6o9BvxB8OrsXajZsKvonCTtbWLpXXxEegg0GDQZ94tpiSoi"
    "++9V1MqWPDQ540aWZ4SON6O77+rFhPUJNCjv0H+hiFG3VDda+VG6PXfjR3PFpieNc5L/KS"
    "OnsxVGPKDuyx8PESuluOrJAHdF7GgNS0biyR7eGy3wu1nmAHKU+KDTMLkgZzNczVKjdkpT"
    "S23iVL4jP64NiEPWqYpHAA2E09kv3WI8GOGzIlgFMi3VnPyKI20WZRx4xLiRZerbWkRPqk"
    "sZw9P//+/NWLl+crRWX1SZ1+YhrCnqhL0yPfglH8MrSY6xJxM+FaT7jlYjEJ9kjYbI6r/G"
    "rnhTuT5z64EUbRmNpLIN5lGunW7qnOTf3E8Rw+a7Wn50Q7M+0n84pr4q37Kgn5QYm7Lr4y"
    "rPPXLdZjNlfApguxvkaMTO7kK40S4kMop+JQIszDLnJsRBl43Aiei8/hK0VVq+G8WsqmNB"
    "BtRtn0kQwoKymCvbfHbMhLIN6Dw6g3jxsxRV8jCVFdfSmTmmBcgt1SmFRKN2fWfOMA44yU"
    "YS2aBHOvthNlnGOhHsK8nw5D2V29KdY5sR6i/aoB1q8qkX5VEUhaouY2CCEt03B19ckObs"
    "J5EhEfdRGRiodNxgGCuiMO2b5ATsvgUtL71p5p8KlPPATRscfCG6ZcEe9EpCt4Hy9Supcp"
    "fT8xuuBRzx6IQV4ia4a9aVNa/ygecsNKt1nzhsFQaOiVxE+UcBhvU7EVNc280qM28hhf5P"
    "JB4yV6LEzBYZpUePJa0gaOnYTYSwoBThviTlDICY9YhrguHoe3GArjWZixZZHK2OuTNrEZ"
    "8bNWhcQygc3rcSaq2VAY2m+nChRGet0XEK2x97JiPbT39mJdy/8qwJyM1zjuoi28z541gf"
    "fZs2p4nxWL+jpqIYnJeI3hFd+eUg4JayHzkDzCI+LeC5zAJUC4tIrdenneAP6X55Xow6Uc"
    "+ATPlcCPx+sM/teZwD7OkIIcf5thYZBMGJ0PkSPQJdhWzvY/wDZjjJA2p6YxQpobIVfr7W"
    "dQYoekL9eaIiQ3cKM18hUUfOwhHNoOgR4R0BXCphFJsKrE/RTlbYlk/DAZUlKneMf33mBx"
    "JFIrT9Dqg8TPETeBK2szbEwQY4JovZmqZAHmX4SmGkRBsIdmyO59qYVtRhVt41FVK4uV2s"
    "YV4M6JGbSboe3wEfHg55fsJJeUugR7FUdhRjBfg0xIdhDvOm/G9fWHjJ57+T7n2/j05ePl"
    "ldhbci6oostD/FqlWIFkvMaGnz6b9ZEz5DWDe+d52z5hjmJC5Uqif+t3xzEuYksVMLbYiB"
    "OpA+7CiZnS3V3Yt1tyPllJw/kYzmcj5/MFeoUN6omfaMywIfszClfDG3JAq0B3JOAl7IHY"
    "UT0r2ZdN/JE0ZXM88WG0a6epG+y6aBwG6M6x74boDiK77iSzfhe3UbyrIoj2/+A/vD+8+A"
    "IUrZtEYVuRcxuLO0Mo13A9HkYEkqmWIxZQkDa+9ga+BXjLQemKxsWd61qE+Ce/O6E+shZK"
    "otZF3bhhNzGklSGtOnUaqPjNTZz0QXTI/J7TEOecmM44y8IFq8wrCHGCdCwneBMlZ72GXd"
    "ujKB20pQXTYnitQ6J9UJJFb3x3z7KsVRZF0ykjaCwn7SynTqd7PDv8pLbNPTh2t/r+4auJ"
    "zf9jdFoPSkz95NKwzsKfpAY1ju2AyG5OXBc6qEd5Y7Huw4uxF0KNqInkaHWnDUaxCccwlm"
    "3nTmsFy1ZRnzd6vL4R4Jrju48QcBP62mZ76IQyr5dK9KOLpzVqkbzcRDUaTZKRmzuARPT9"
    "YkZdIsPPsVhrcLGkzUft0M29PCoVmmOeDpuVmYPtXbtKn6jWadJfUwHwnFgfj429FHt2sV"
    "dSnfWCMVzRtHIlkYPYdXiTFPpDdav03CWSLbAIJ2j1nbc7LK5+vf39z2IgjUW8IPbhZlG8"
    "EUa8W1mIICupdT2CeFcVxgMfSlcu4lFG1gzzGfD00P0TXLliREOePipS8OLs+5ersgTwR1"
    "0hgpuPFx8+mAAQo/kcUfO5fiCMOXYdMZQZ1lgTGtG0yEaV6BfmzDFbyhfvsZQX/xqiyLwv"
    "IYYajN9COUpuqOQPS8kYNUlZTTLUzw6pHxM8b8I2OzEB5tRW6E86E78DAgjfMsp5BHixV2"
    "lhUO2JHSTDR1Z6/Mbj+gLxmQxgXMVLxiGLmCNGsDUjdjpscogC8Qxhv1jkKcoc3dJjwy3q"
    "i4ckY2NDouTUP9xjt1Ae5G1VNIeVQP/UhkbM8MsaZvhlwgwbzeEgmoOJoOnpIVbC8bQkeH"
    "Rnd5rvVbvjbNTfF/OiaPqiaKLt/SRmfIGXb8ULWabnpS/XanjTaODISkY26k8Po1+jBXOC"
    "gHhR3RSIugFNEY3JhEJWTAA5LVxsCENExFKz18NkClBUubG8cf1ub9+ko/36yGdEDObByB"
    "SANOE+2u+YKm3tKbvnPraIamf7nJwBNn+2+w7wuoqwZqUMqCbt6ihpV6nTTgHmrFQPUd59"
    "1UzqAxqKQR4ZoR7C/OKsAcwvziphhkt5ml08TbFAaVqmhyDvfi0n3ZdVQE7LGJAbgCxtNR"
    "WEVwI9hPf5WZNzT4yqTgY80ynlWOvqQPvJa+XKQKdEDMhKqdpqOGelDNSNoJZOUTWTLyWy"
    "hb2nGdQ7Ckjx/DAYBfSelEXn1rW3ykvq7HkYXPHAmcuv0WwZH6WzFQ2DtpNRENV6Ni4CNB"
    "fLcogwFzdk8B+I+o2NW8TxsmnHBdOBTC/lses+pmw3RWy7jkdazHNOtDsTPfjiBY6LFjPi"
    "IS507TG1l2gu9G40ww/whnpkAaE8QbP3s0/LQfq6WqyFtNwOFkJ3tJDOzbA4RC2qljycEu"
    "mf+r6XMkBBWKLa1Ie3rKVaaTUHSgS7TdomJqwmwh6HSpGRg1xJoWkb+aJXiMQv1HWs5aA6"
    "SCIeMGwSJuGvxzYocwIFOiGWISnpye9lzTfqEQRfBU1p1M1SHHQQmQDz5rB4wrisAHpP/J"
    "IYiZ3eeUMZlIhWNIVQTGREp/R8BfKhn0z74IJDCWPXIV4gQ6kIl8Um/wZ7gnj/PYqo3Bqi"
    "LQ2iqeYEew1V6gPQ8/C4gEyVkuzSMjpPjjaqUICZ2PZLdKF/3Fx/Ksc4JZI3JBwrQP+HGm"
    "bG6wZ1DbQARsZ8SCB9/PHi1zzabz9cX+Z3HbjBZQ76MeYErHOV9Z2W0VjTj+qycfwg8I60"
    "DZlog6cYSpRos8NYkBE04kQ82S55BSotgYKcxgaBarT72fPz789fvXh5vlL8V5/Uaf8l9K"
    "RMtxpV5hLUo5sR1JpFvo7awvrMgcaQQdw5IMo1i/Rt2dJXjUre3SwYkvgUOCOTXdzbadaL"
    "TLmJzvR3NGSDakYlPWrYhFaJVYXRLJFoXEMWJB7xmAuxIndepGYIOyeiwpZoQUOhfkjfQe"
    "TkW0bNUzC/J7IMf3Vl2R3efwPRkvz2fMB97I8U7+jK7lz9QzZENdyM4WY6te8qcDPJS6Fy"
    "pCUy5jDT7jAzCUkHeGdKDgzFxI60aB9ptH2QCf1kkXVCWLVtfI+7xe+6+RZot0Vo60L9Vi"
    "I6kzOq5NeBI/hCT7JGZUXYapBPS+kMPjBji5ljzeJcfY8G6N6D1melhhPYVkoc2YEnS9py"
    "o5Crtr/JyB2nAc5xNJZ2jbphGbRAOS1mQN4EcrQmLUZsp8z312A9p2QN3BvXdCugDcTdaJ"
    "0Vc55fkizialr0SyrReDMnmk5LbhpsFrXCWvGVc7xEU4rGhDs2kVGB6RYRcSPSJDOXV8WZ"
    "bX/TDcynRMuwmIbF7NRGpcDI9LEZVOQhgbBzntTkgr2Au9AiQRZZlXub2A+SX3P86hBiVw"
    "qoRZVomrSMzvOhTUgZxCiNQqYEclqmhyB/97zJUv7uefValtfy3ViFhlji7790PMwqmtms"
    "ZfK125cB4Q1wPlD82PuAI9mwgRPsNk2XrTPx45i8lV9EAHv5/tPF599WEXwr58iH608/XZ"
    "bE8F3+dnt1cUKVUMQGT6GXEJBN4PoO28UG774yiolpavMKdM4/aGKaejvNmlju720y92lA"
    "PGv5MynNEMuNGNbZ7c56bNLnp0mjBMvFzhxat+HoxJNlbEGTjoNH44hSRnwXyyyNqfNASj"
    "pBbnWnJiVyyTffEfMOb1V1YVzTNnLXJWeMiX4QE12oOZ7l+NhVhDQvZ4A1hS+PoRRPxMMJ"
    "g9WoaBLmBFvahbrBfQRbMDpli+BXZ9KtJUwi3RaJdMYebDMVnTAUMpVv1vqn4jRnJc00az"
    "fNmtiDH8l8TBifOf6gxBZMXR3W2YHz7LhNJmD1JFd5TaXBxsUHeZfp76uSqaZzyXG9p4y6"
    "Sg6/ZHwPVd3dO5jMed/bgyBjOBp6Y9sNqkH57Wo0q8tvnyacBSUls1SLyP5IGXGm3s8kMr"
    "zfQ5CUZ5Vt87GCcR3dpZuArj9dn+kML1YaSOrlFL9c/F4ShfR9FvvE5/dvbweF5boDRL/E"
    "t+kppKk3tALT4+jRsJBLFOh4fVdrzvFrtFuV2YQV6qQY9zESrq2PqFHz67Oa5tdnzwqh5t"
    "wNS46imoJp8fjeeeBevmjCsL+oZthfFIIHXazkw0jGH27pDn78fHW1r/1g77GZAq7RA2G8"
    "1FVU3XQ6J3a4jLjn+wLalIDSwBjonLkcp+5zKJw2mjteGJQctJWvUYW0xoXtBhcCvaTtcz"
    "BzOCSpyFQUgm1EJzLyBXaHR0cqvSb1cQcU87Bd84aCeGfq9g9uCJRHclzZpxsShnjguC4a"
    "ExR6NvUapgP06fWMrLM2u3BWsjNr4GQ2YQXnVcokXjmJyuouxMI//vyZuFVhMKVeqW6evw"
    "Wio7xO0JZIfU3u0yeg9knjSPashMdJWLVqIkcSU9ha5QwYRqe/jA6ZY0cp12sloDOnA9Xz"
    "4YvZb1D0JKln0jBAjEzFm4UCiizMW+U1nn3XJPpPjKoJDi7E/xlibb/Emo85FyeRPZphPi"
    "sCfUu+VREUeUGd67ZjNqXemWMP0S/v3qIY9a21uKtfbzMKXCHoLxNvmQzPRwIaVuNEFOpM"
    "0B8cFsDvOeLntOp7V3YDY0TpNufGiOqWbbA2pkoMhIylVW0lLDLD9hMnaUrL6GcxGFV1v6"
    "pqH+ukDlzngSDKUEDaNRDadcVUo372VRUxMagmaFKXCL+NQZNHKpzgPTgBjn90sWjC+mqt"
    "/udkx22slXDtE6H1yM7wUUVhbFnEF3M+RIw8UGi1Ig6IKNnLfoqghlAgPvVgKLTocmzZEh"
    "cjLlYYDkJGxA+DjrniOg8oCOVPlkM9s0n9hfVaMAk+R9dhzcGww+SEfroQ2poE+/AOmHy0"
    "PeajyXNMaPTj5UjV9CoRNZCrQa543uUFzWZsLNtTtGxNNYWTmObEXGkxzzlR4zPrxDyPS+"
    "rvVR+HObEtDsPuzK1SJz1p4rd4ebKS5t3R7d1R8Dfvk0j7Bx0PShg0+HhYR539Mx6wz7jK"
    "POM0RL8Xem8mn69H8gBHqSOGpDIklfZ7lcJZYNrV7gnYPrqrWxIluy8LutqOm6K7EughvL"
    "vnoTj5qwhuXfPOWEDrvp0/MbrgaLxE4KeS6ZXkgbAlsmbYm5KkjDgPxyA1JixK8CNNY+GP"
    "070zCMjcL1Hjb+bYdSunKyV2uCl7tq+XIUL+xdn3L1dYwx916N58vPjwoQgnvFYxNiWhl/"
    "WY5mV1fheOga1LOS/LdatHdS2l7UIdQFwoYRyJ75qkB8suwAx7yFFr/rsLoH1GQS1Rhjot"
    "py/YvxBmkcYte3aHquP5Yck+W10FeyVgimBvUQSb8MCZS/eLjD9R7OZeJt2nffnA2oYV8o"
    "DOKyouVuveOTGNE8VaxzbsrC1K0WHZwv1eImrMHoUKvMru94KgYUOM+/1UfA4Zz1LotfEq"
    "raTM9Go9vQLQsNVLnBE0bkOd55gHmLXbqbOSZpZ1nuWJ4zl81mqac6JmnnWeZ5dAC3Jp/a"
    "ootDkx7QNoBu/ErwBuH6ojLiQfFxH6wOEvmBNsX5pPQdmN0Gsfilgmb14znV8zcSvApjDP"
    "1fTgWmIrfrA7c7ofepAxygSqtpIzOCvVPz5q9/72CLE54RxPS6CuLhNVEOwD2ocuCuUz+u"
    "DYZa1Dasq0p2T6gPm+V7iMRlQBeCXQP3SfnzUpKyFGVXOrZ4XSEtIf1sqLk5fU1jmpufuG"
    "hkHbKSiImjlo6UJjxHbKgkt+IJYzx24lB55I5bXFSOxpLN61SajB84ert+8/Xnx4fHY+fB"
    "413BDnphMViki2oPNCkSBLKIyjkJd4b+oBToltjbBme/vOMfaZQ4VJXZKRsynAZC2nbT+T"
    "wTPk0sUQPUceZeLnDNEZmjnTWTP+YIcBJxplMh6Iw/k6gwIjshyJRwM0JtPQQ9hbojllJ9"
    "hawYIKQa6AD9uu45VYXRv8pkXx7iyFL7I0zSJeEFGnDeoDwSeOQeJOTm81cJcqh/kmMjq3"
    "u7mdQf276SOO4NtGpK2Y8hnmQyhBNMM2cnHj2ni7235nVIxUiwJJiWhPmB84/GMdiNdOAS"
    "6VN4raBkWNkYAtR3SisojTMmYVF/F0lJPRs1IG01yaHCH+yMbLkh2h8lzLyBzOknihGqv+"
    "ji6EMeFNo5J5wGLJqnmR6wdhRtA98cU/JgFhcgyJgjUP39TND9m0VTBARrA7+qU0NWSSxo"
    "KIaYh7kZ2GVqlPjYCrByJLhJYVCoiuDTdUCxiR1bDNdTY9gph4I33xst1x8tcddFPESNzl"
    "tbA08sl/8JLOCUcTRudP0S9MqBRsKd7XJXoMz4VeIuIeT0pKa+7tMVv0jIrupXJqrSVMgQ"
    "LVAgV9TJ/VnFfvY7Z9lLQOVnA6Ne/IFeJN5v1eU1C6lNC9/03k9NJhu4Fp7A6mkwknJWt1"
    "kxt5LdcbN/LOLLEYIqHsBriIbHWgVV7ucLvt4AjK2V7CrFrUkjRJS3rauBo0OzkQk3E9QV"
    "LD4kM0dYQxDD4yLB7uTKdR8N+hiDxxQ49jabmVwl1n/xRl9XZZCSt+wWgg63xE8LdH/3D2"
    "kj7Ez3uhrQ7KeR95abiJ9nGSURtZn68wWbIzieRfJRczxoE1Q5Z4NgpoBesi10wJvbOD+x"
    "kepyM8jvx5Curtanyf7IXdabambOfuTltDw+yVhjH5XCafS5/1bfK5jrbK90I0WNh1S/jI"
    "6s1lJWBqyW2xuXQxA6l3jrpuJiH1bhoM19kbrlMfWucG4s3LaZ2bOBS9ntZJAtabBfPQie"
    "TffBdbhMf1uz0IJofo8ajC97ocCM/xMpFtOUReRQjPLm++BeGji9F8GoRPSY2ceidxWXWc"
    "Th9Du/AOH4mkPBD7DyLiVqxpY4D2K1WTjf0LmHoX9j9DHswr4jXzQ2o3+hAGi0MtM7oZjx"
    "+1auCwE8vAz0ccTZxpyOCjOIgaLWB7Zk4QEO81kssFepr/Xf4LYqkeqGNDT/ML3yee/Xfq"
    "ucshEjLyhhyisitI/wM9/A/vDw+Solb3hvhkZzIhjHjiKHqDMGLUdUMf8iSl/ymcw2kl48"
    "fj23h2fH45DK2B5i16skeTJe87Mq2vjn5A6aIO6KuyK3DoubWtAGpR0oCbt/MtK2SsVU5J"
    "TrQ7JicEY8COLBfG68hIkKk/4P8V//XXNsLWukMnTNO+R2hr46+SEQiKm1haRv/tK8qrka"
    "qUAHooQzAsKrYJeaLvWxU31Fnv9ydGBKS8LDO9jpNOS/WJBzgwHR16EURK2KeEDPStoTde"
    "MQ0mwXjFtJgGHarH6TYTO69K0tESiF2CmIEFGpIWSzknaaBuVHCSkZIaOzX92VIyfYifOk"
    "A3vHHIPFWY0zIG5kYw89AnjBO7oshRTXhxXlBjwGXNOcnRISdxlCRcArhpvKYtv/c/Hy6x"
    "p4SNNuVW1TVyqbiB9o7WA/DVOjlYK2vhpK4ON7tVm9fDqcZXzUOYY+uNk9A4Cbu+L6R3YA"
    "jw4j62iCKkeTkDbD4FodLvWpPoUe1x7YNfaC8qRISZhEkZ6USqh1i/OGsA9YuzSqThkvF4"
    "n6inyCLOQ6uJzomaidZ6oq2QB3QuzCe1UyonprElrNM5FXJloFMiBuRGIE8IDkJWrstW45"
    "yVMlA3ghr7zuieLBXNhqyUIWlOKLPgwFgepamkbtpKz7pK6g2vaSt5mFqUJnbl5ObAwtZM"
    "WJXtX4aKG5j52GI+RpAJRtpPR0HezEa72WAEc+qJ79VqLsqkzUy0jPOVTkpOQ2Yp0dF5uT"
    "5qRztPCtEhmvGgSdmpgHAT16jBAjfBdopBSYl9DZmCFomqjkBKecibruq+huIdaGnLWYAv"
    "i1jo6joBYpX4hAUOUaohl5UyheS2KCQnfre6Rz0jpPNGdD1B4ryJKl3YKHJmxZUl2rwCuy"
    "fV/gqxF5T2n689adNiHdFrjnfSyhUw4s7/KK3xrJTGi1yboJEIMbE03dIFvQnqlKBBezPa"
    "rkDCs5ajuUq32ayQxo0pVG3/nVV21yfd6IC6emy4IdAQQU2U3WQ5cV00ods3Xmm3a59wuk"
    "BUo8tmZCFLraTM6pPKIPiZLAe1SQQ/R7VnGuURjOJCNZurs5VWv0yidUsqbDYYv0XRTD1C"
    "izcnG3QxwMWkHZjaZF0H10Rqn0gAr4+XLsX2yHamhJfM9aXjiVOogi8ryOYme7wMIi5ND/"
    "3nehLpoUBXcll/ThYHhaZkeCpmF8qFYmSHvutYcSugrRbDZUyWrdaBOCsu33+6+PxbeWuM"
    "yxJy7fK326sLzdSod5Q5/yMhLdeikusNlKhZauhGFeqSCLuBoDvueBa5Gya1XB/f3RM/uI"
    "PZu4s+unsClWRtkkwl5CoKPSoauoTLc7xEY4Km1COvxVog6IEwZxKPLSpjB33yFmodfB0V"
    "lS4Z3zt1bict3asVObkOVA/GlZA5ErU7EnXaXj9EbNo7GrLKLTY9psE2mxB0s2T8xr32HV"
    "2IrcpbItlYCQWU3qOZ+Myl3rTYymGI4M5DtErpHa4ctUMkv9UQjUPrngQllu5+H7XFbpqg"
    "pfKSJzL7eMePur92/Q2v286NXW7KAegPrElHMekoPUhHiQ7nIsT1bYTWUjoX7xxcYWsG5u"
    "DZfz9+/m+vniA46jm0LwFlBv4LjAMU5h5Li7IZxbDDxkOmhPOBQ7t1Miw+y6Y4tXZFakgD"
    "syLqsqNgVZQ6tSJ9HiKpyAMRF23xznhcSDT1im24gbEAjAVgLABjAXQf2CMXTOgnqEcsYa"
    "MboP2sYXOCKB+tiM0JYm1oGUPL9ICWMczAMZO+TXOnY0Hfxeo4vZuEbhbI6d006FAOQbeZ"
    "aJCB8uKZKYKgFcT6ZFu1gnpfBW12grMmDo3rMBjTbx8JB0fEoMSdkR0wrHNmUDl0NE+N3e"
    "jJuEDx8KgCAkYWnc+dALrjyJpUEJQ0dzixn6ILxOgCnILgfSAo9ALHlX7A5A4zzJENTkFI"
    "ywIStOj32P/jmrQ0wQ/YkSsbYvtND5ND8JTVLos+dgsX7yS/f51as+IdpAwWMyzYN0nb+O"
    "i6H45dh8/alR3ZSYDwejLkfxUmIxmv9WTcJhMwhKD2IGkJ1gbu58+eNaEsnj2rpiyeFY75"
    "OP+kiHtNiZe1iKnvskV9FzgdlRb8SkDjIgyDry/eIvlFfcyg913c+E6esG1W/e55UGEGAE"
    "ot0vKykiYFQcPwhJSjN61oKU50XrY7Uz34OiOefOMYcfFSpkpx4tlCUUWPZYbek2ZvYa+W"
    "glDy534ZX1AfMJmW600t1rYhkJoYrb8Q5lChaHyWc10wWdOXh3UGqx8PHIG63MxevRb2nu"
    "8Qi8ChlshL6+81WsBrJ94xULNDgjzyLYjC6SALB4xEF/MAsdBDC3EqFo3THd97i3i946rh"
    "GuU/7lDfrsmChILooauEeFpGZ+Pn+LinVrV4aUbiFWmhDOREu6MLnKTaB3thy4nOie5gog"
    "9YKAxOBvhW62qyE4cRW54Np6fxiVmUtfTjImkqqyAn2uVVgKUCQST5h094FUius+06WAl3"
    "ZyW8FzqhXAWuM3eiEi2JAom95Zjay0c8KtdyemsCSPA220JarjsrAfYEaR0Ujwe5NdjC3J"
    "ic3iIgjJWtgFuh6ZXP/kpAZ+oVikAEyYSDOTjBjruDRhW3V7/e1rPfmRJMyfA8Ja4PheDi"
    "0sJL8vNhLWmQjGjEFTwQBhl0YNHLmlkfcOhZs5/FRgwFXKFKB6JsynP1OSzx2GEi++SNOM"
    "ST+4jt24PsPGTNsCd+WTmLcJCnbsEvwJNUrN1kfO/4hV0Vnq4mF+IpLKJdyXimJPoUA7iz"
    "GtR99FFrk6Ag29GM5o5XdjbXxa/mBDUung5BSNQLZkPkeEh+YQQdO/gbea/XaLxEAvTobF"
    "FZ4IcOcoXqpJ6l1EogLdPD1+FFk828ei8vNpy13NAmdsuo+oKwxu+E5gHdVJyJUKjBJ2z0"
    "/L7EbKyLhS0Kd6X5QLQfYSTeZzviEba2I9p1G+AEl3luKxf/anyPlvzO9Jc4j10Fz7SIgb"
    "S6HJB8x8WRHgYlGuLG5L+ctFG+S5CeYT4S9yd4Dk8tnoiUugR75TgXZPNltoVwByGuO92u"
    "rz9kWJvL93la5svHy6vPj5/ntuIi8GQyIVbgPJDRhNG5KnNalDYuVK3ZUfHTImU9GP2Tjl"
    "XOihLJw+1kzxUDpwZfnWAWBadKL5lssoRRsgAPv78JyEaMBAI96IhkY6Vjulz4cOh/rwj+"
    "qpEABAkLY1h2gYQ2AjRUM323gl8TRvoyZN7nUH75Aiu9ujasY6aj1rfJsE30dPW21iSFST"
    "5LPjkpc0K5I+9s8pmOm89UmJmmgBen1JS4ypGTyRovoFofQ5yW65NWv4tKqn0u+zP4G3Ro"
    "hHiLhqeZqf7Tjk+HHzgUepvPyMT5hhag1GE0cTzsor/JrLu/tZmBvRQIAq5fZQ6S8ZpPAa"
    "TFykQvoJuHcV9vCT1OOnsnv+T4L4LpOW16TvcPbVMRZe+OCL9MUamF1y9VUwy0BWgDh7CS"
    "tVudg74S2CoDXbM94hAJ6BoRHrfxLJQyHtHF4UbKI1iNU2jHFfdUlwX4EdyGy3iMOPiJP0"
    "V3OLQd4llkJJTKu6inJSy5tEpD2COOyLeAMNA0oYa+uAjposu69lyHeHQJh/N7qtb66gFJ"
    "NZP0E+HvJAjsz6YhfYbcOQS5Y+rr75DOMYF864rOjfItz2ryLc+K+ZaFTaYp0AXBHiL+/G"
    "UTaiHvAkwxCy8r4Y63cGW0Y7kegr2XguUmsnrXzk8e4CAssQFq0uBXEj1ctbvfIjQM4uiO"
    "/dW5GI71fAW0/VxHsmamdZ7pyKQcRTkQLQpPl4h3JUb5KwSQQBXW6EfECW4Tyt5INxANA+"
    "QEQ+RRYXyz6Q6ynduxW6bg3Em8iKtaqi0mOi9rtlzdZloT4vSXOPzhF9ivB2VJzJkBw9ps"
    "5nhotPk3I1EvPMgefsQRXXhIyoHjFyN5e6AyeUCwnVT9BB7+EZCaciS/ey0+8QiHy+AQHq"
    "IvNz/IyD8ZCihLEzhyAy+p3n3ABzcJgktxa6mIlChowoTBGaZU7y1XJfCtx0FaLY1zE53V"
    "vd5s0UFQhLimzvlKwpQ536LMuYa8U4empBO6sSGeTnGmDa3R22nWxNj9DHMe4Vywc1fXhn"
    "UmLkuPatCQikGJK2klrhtFCcNQLj1hL5KFDLVZ0NC10ZigxxjZbAm11p48RVBrzwoZj5rt"
    "rAqxyX4vyKUUqu3hktLfB3uqmlkr/t/YscaO1Xs3VbBjHT4Sbw3Udy4CWls6ICto6gY0rx"
    "sAKnsL9SAlZnQD7XSDTNw2bTG9KyEzuVpPLsTXqPWlSAT6yEntPB4nUtraWE9pQfMOaf0O"
    "xXOlpsRlhIweV6gHR8o0uJpyiIlEb1p4HbraZ0zXjJfK0dwlouZwaHI4rHFT3Dvygmb/MN"
    "FYp3jyThyvbTBWTtR4IXSbZ83o6bdxUuaghqZejRk2oatHVnr4Rt5axsE6QdyhgUeFZ1a5"
    "oujxo0evY2qZTpBHowZAT3IdIFbPhnzSRFb88aTIWB/geVs0mEjdWOXkzIkZtlqVrU7NoZ"
    "KKmBXroXq4lww06eBRrAu/lulTCtrhrSFI4R+Nidj2SvixJgVXUsKnWBzkxTPF9AmJGZ4E"
    "yhVYCrIG7o1wi12/5eLOShqoG0HdallnBA3Qm4BmcPIJdbLVsi4KG8CbAt5mcRdkDdxlcG"
    "tiBH8l4xml9xdBAAWIBiUmcG7EsM4AXkRjRzg1uFGvxUCYlbJ8u7il80DYMmdtJh9La9ML"
    "52PCSgzbre60hcmauqeKyZoTMyarqskaTV8R8koLai3QJwtqZ0U8TMDaDh0V6sS1cUxoSl"
    "inp9UVsHvWcjRX6e6RFTJ7j0IBofry/JVFhLrc22wXtfllx/ORarPmrJQp3Ly5cHOE2Jxw"
    "8JcUod7Qkj4t2Ae06zb6XXWhT6MPrikV0JPxOnspBpASMnEYD9AZ+vkyKYmAPb6IVFc9pk"
    "Ev+/WH2JQaVBuwqyHDJhasnR7dyISNX2UUUFnTiHi2T8WElFupdYO3MERNXo/J69Fhs1cw"
    "k5Klr4hoTszAmq9IEW0wiqhmpQyoZU77CA8VpTojpbPq0TZ+tlEF6uc1FaifFytQm/SVvU"
    "Yoc/JXEdz6KPy/dOcuBj8xuuBovJQ6lewkRkCHiwPdmunOx4lKiR0mSo3dUyJaz8qVmAM0"
    "JtOwYQHPXTNL4mlllYMqgV2N1xrVSwAUccezCMRyLjBHc2wTqDQgKwgwEpswxD4O7Db4gJ"
    "U58LVUd3jwwdcZ8WAS5ngJBR4CfE+81wgaxXjkW4DiN1VWgQBTnkTt9uC6SzBvuDH1iURn"
    "JGDLUegFTknVtPoFkhPt0Cr5RJOVALuh43EkQyTEknDEoRUGcm3AyZUUEBHvwuktDflGjG"
    "QrShXLJSe2henSHUpVwXKBI2HUzsWSEzV+liKwkstXsVWyUn1g/g/QINOk/fV/9w99u+U0"
    "ZyXNNGs9zSa7s7/zrJdj8Cr2EwyqHYOrIcMmjkGSHt0gtVMY4AjL4vfCRhdTDC4/sBGpaz"
    "9FN0ScTuIzLAZxgl1iv4kiVwmUDgRb4J4Qn0tTkdGFzNSEf8emvUN4WXbnIR5pnJRaaPjG"
    "SXkQ8ylkStXd4+E9dEScPTtvUtwdhtW0Gz0vlHdPfzkFoHNivQR8D91d1x7JEjbggjG83O"
    "TJLKMC9CqoP/gkfiwfojtx0OGnf7sD8vXub3fbE2pXv97+/mfe2y6mTNzCChmDOF9ViqVE"
    "XGffwzF4FvjVI5+wESfiISXnWj3CJeKGyMoA7HCh2sKvLMF2U33dlKCpr9u8vq7tcInbSO"
    "xQXPHgK4r2j0XcfdTDCrYWjsmsqOEddOMdstEtYOSWbGSOh1mFcrOWye9hyyDSd3q0icXN"
    "f1ZzKd6Zy/efLj7/Vh4GflnSLOjyt9uri0KXJvLg0JCP2kxAiXDLmejOm3WgiWjnaq+8id"
    "n8dN784KcRK4y6bmHHDZlS+FOVeG/K7+4swgnQgYpzMghL2Y+RF+7MS5VKUIrXxyqQJe5e"
    "w0PLIpxvb2t37dXzcciFithut83Jdmc9fIGvDLPvIY8GMzHZEL3ESbRDnNYKMHEKJzXNpq"
    "a6qamu6Tul4N6Kvb9tWJGMZGeOrJPZs/QKxvgYVzuojsX4uK6HsDkUI1U8oWGR7Zm4qVh/"
    "9hA5nlRXJaMQBVxHqUJJeEeiwaDVlTh2u6Kc9q7ubOIqtNgbTVzFQQ4e1VRak0SrlkTbx/"
    "ooOzm791GMxph+Ro3arxp1QZhjzcrUp/hKrdqE12M2aUvVE7tj/aSShS49MEs451jH2E4v"
    "2X+Expacc7U6IhRIrhg0lxLpxT5/gG4d8FIpIBwP7yG6e9FSxBODmCzOIvyPm+tPlU6qRC"
    "R/XDpWgP4P6RWMuIuDEsCo11ny6knu8IMbHL1y27/+P0ycLhQ="
)
