"""Lists of customers, and wallets that are topped up by themselves."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True


async def upgrade(db: BaseDBAsyncClient) -> str:
    return """
CREATE INDEX "customer_org" ON "customer" ("org_id", "id");

-- Nothing has written it before: there is no row that would need a default.
ALTER TABLE "auto_top_up" ADD "cost_basis" NUMERIC(24,12) NOT NULL
    CONSTRAINT "auto_top_up_cost_basis" CHECK ("cost_basis" > 0);
ALTER TABLE "auto_top_up" ADD "currency" VARCHAR(3) NOT NULL;
ALTER TABLE "auto_top_up" ADD "amount_minor" BIGINT NOT NULL
    CONSTRAINT "auto_top_up_amount_minor" CHECK ("amount_minor" > 0);
ALTER TABLE "auto_top_up" ADD "payment_customer" VARCHAR(255) NOT NULL;
ALTER TABLE "auto_top_up" ADD "payment_method" VARCHAR(255) NOT NULL;
ALTER TABLE "auto_top_up" ADD "updated_at" TIMESTAMPTZ NOT NULL;
ALTER TABLE "auto_top_up" ADD CONSTRAINT "auto_top_up_caps"
    CHECK ("max_count" > 0 AND "max_amount" >= "amount");
-- Looked at every second.
CREATE INDEX "auto_top_up_armed" ON "auto_top_up" ("wallet_id") WHERE "is_armed";
CREATE INDEX "auto_top_up_disarmed" ON "auto_top_up" ("wallet_id") WHERE NOT "is_armed";

-- Without a foreign key to the wallet: it would be locked after the setting here, and before it where credit is given.
CREATE TABLE "top_up" (
    "id" UUID NOT NULL PRIMARY KEY,
    "org_id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "amount" NUMERIC(24,12) NOT NULL CONSTRAINT "top_up_amount" CHECK ("amount" > 0),
    "cost_basis" NUMERIC(24,12) NOT NULL,
    "currency" VARCHAR(3) NOT NULL,
    "amount_minor" BIGINT NOT NULL CONSTRAINT "top_up_amount_minor" CHECK ("amount_minor" > 0),
    "payment_customer" VARCHAR(255) NOT NULL,
    "payment_method" VARCHAR(255) NOT NULL,
    "payment_id" VARCHAR(255),
    "state" VARCHAR(16) NOT NULL
        CONSTRAINT "top_up_state" CHECK ("state" IN ('pending', 'succeeded', 'failed')),
    "failure" VARCHAR(255),
    "attempts" INT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "next_attempt_at" TIMESTAMPTZ NOT NULL,
    "claimed_until" TIMESTAMPTZ,
    "finished_at" TIMESTAMPTZ,
    CONSTRAINT "top_up_finished" CHECK (("state" = 'pending') = ("finished_at" IS NULL))
);
CREATE INDEX "top_up_wallet" ON "top_up" ("wallet_id", "id");
-- Whatever happens at once: one attempt at a time.
CREATE UNIQUE INDEX "top_up_pending" ON "top_up" ("wallet_id") WHERE "state" = 'pending';
CREATE INDEX "top_up_due" ON "top_up" ("next_attempt_at") WHERE "state" = 'pending';
"""


async def downgrade(db: BaseDBAsyncClient) -> str:
    return """
DROP TABLE "top_up";
DROP INDEX "auto_top_up_disarmed", "auto_top_up_armed";
ALTER TABLE "auto_top_up" DROP CONSTRAINT "auto_top_up_caps";
ALTER TABLE "auto_top_up" DROP COLUMN "updated_at", DROP COLUMN "payment_method", DROP COLUMN "payment_customer",
    DROP COLUMN "amount_minor", DROP COLUMN "currency", DROP COLUMN "cost_basis";
DROP INDEX "customer_org";
"""


MODELS_STATE = (
    "eJztfet32za277+CpS9JZqm+ju06OclZdy07dRtPkzgrdk6mp+2VIRKyMKYIFiCt6MyZ//"
    "0C4EN8i6BeIIUPrSMSm5R+G4/93v8azIiNHHZ09d1H1IXOtY1cH/uLwRvwr4ELZ4j/o3LM"
    "EAyg5y1HiAs+HDuSCEWjRzg9fMx8Ci2fD5hAhyF+yUbMotjzMXH5VTdwHHGRWHwgdh+Wlw"
    "IX/xWgkU8ekD9FlN/4/fcBZizg/+a3WTD+J+IP/vNP/gG7NvqOWDgmYIjyLxHe8R5HE4wc"
    "O/P7+E1+S14f+QtPXvv69fqnn+VI8XXGI4s4wcxdjvYW/pS4yfAgwPaRoBH3HpCLKPSRnf"
    "qZ4ldE0MSXwl/EL/g0QMm3tpcXbDSBgSPAGvznJHAtgRGQbxL/O/u/0VdLDRuNPt3cjW6v"
    "7kajgQK2FnEFX7DrC8z+9e/wuUtA5NWBeMG79xdfnp+ev5AQEOY/UHlTwjX4tySEPgxJJf"
    "5LlGM+KECdItkk3vGFJeDLyRhDGYOlGbypSZtM/Sya76aQVkzchCIHJv9yHYRxMIPfRw5y"
    "H/wp/3jy4481uP7XxRcJLR8lsSV8Ewq3qU/RrZPwXhbjeFNRADlFYlBuhjKaQeyoYJwQtE"
    "I42lx1BfisEcBnNQCf5QG2KBJwjGDJTP6J3/HxDJUjnaXMwW1HpEfxPzo4vWvAvrv+eHV7"
    "d/Hxs3j8jLG/HInXxd2VuHMiry5yV5+f5/iSPAR8u757D8RH8N83n67yG3wy7u6/B+I7wc"
    "AnI5fMR9BOYxJfji9l2By4DnYfW/E5R7oBRu9mlQ2ufeAgnwGXjIm9ANh9C7h0CCiZA+bD"
    "BRsCRvgV6PMR/pTPBDAOfIA5hYco4+KU+N2MXwDwgU+KwUFMGiEITx5TQpq4MIbW4xxSe1"
    "S4Q05I1djirdnJLH8FuvBBclygKb5npE/cuOiOT6Y78ojcQYm+kblfq2sQlysGfCjXDuKx"
    "qxSNwTcxKSAQR0k4hcSk4NudjSiwyRG449NIPg7g8B62AXT5f4DhBxf6AUX8F/E3i/vMJx"
    "TZR/nps7WXlChD1XrPEPzOtTEP81kj1rfRg4wepPvZq6AHeQHlI5CK/Jgi6aGM/vK8gQT5"
    "Mn/mLAVIcWuvAvqO4OWbM6JIHP1zyDdX5PrNTn8jsGu6aXRC9sqsq+WhrMjmLKVhs9Zs5q"
    "d3K52MdU8fOxj+aqJCfUEWeUJ08Y5/HJSoUJn7wzoVikYj+QSMhm7UVdPCK2PjB8RKVs0l"
    "diFdlK+ZJU1uyYwXPmLb0Un2s0ouP9xcZhYIlycurz9dfPnt+ceLf7zIrJIPN59+icenJ/"
    "/lb3dXF0Zb2aW2Ys4CcxZs7SyY8B8yrTSnZe6vOAvkSBVr2s0ECCsVQ4zxK0OAXQCFFfYN"
    "QNCaCuuVmMJ8jMWJJ4RKK62LvvtFm9l6j2py9kSPNseP/sdPilUKJ1CWyhxCxrxwKGeRMS"
    "8cHJuNSNk//moiUt4R3ysTJeX1WhHSj0ds04pQKbvpo7QehkuTIS4YKMrKS5pNycpbchNd"
    "uRZdePxrgMAVfnuhbmAOKuTfRIx5xsAjWjTzHe1MojbC3gGcEhk2E3eC6awdo3O0Rh7Qmd"
    "MOZP6I+cgr228frl2/nMkZshyHcej73sbyPVbcbW8mkT1njpgPhDMiDN8TPnpoWUhsxFFI"
    "lAcZV/SBP8cWarb98l/I//zwHycnp6evTo5Pz1//ePbq1Y+vj1/zsfI3Fm+9qtuzr3+5/n"
    "SXnQriwr91EeC+cqnmNjSGlMlx6du14pyUjlhq5G6cQ0MZZWYC2PSS9vSRrvU9VRSscTO+"
    "DkgJmtXhVUsKreOrxP48J9QegshIHyYgATIB0AVxfiBI5wdqkY9iJOYDkqMQclswOk/bHV"
    "aLqEc3Dnoco4fAFatT/B4Quf2QvbYu27m5YEzlB8Fmip5IuwSpLKVRkHXmMi7RjGuyossU"
    "4h5kkp41kYzOqgWjs4JcJIV4rme6SgnRWar+4Xx6fNwAaD6qEml5TyOTAb/+hThO4L0LmE"
    "9miP4ES+uBVIwc1hsSOM2ISqKRFVGNbNisOsjgM8UzSBfC4A6eE/rAdcoh4NRDwBWNR+ZB"
    "C8lLyZPFB+YQ/0UxzmjNZ63hnop+rsr5E5FsQ77QNcSoI+dOtZ0knFMqZpIlhbGS5A6f9J"
    "pUgTRPZ4DNWzuW25vKsZ4j09kQ1fJg305FGX5+FGG+nUHHqfTcxDS7c9psE+PQBXN68uo8"
    "cbqID3VultuPFx8+hH6VrDbHfxHzmZofLE3VJ0R34NTKFhsJIVLCPkVkoG8NPXa9wA+D8x"
    "Xnfp7SMKE1E0jgt+VCgdSwoTUbLC7cjAJWsg/9hCyu3zlVES9LsrxOFdIdRfQd5EQNqD9d"
    "vbvmh+nzk7PhyxMpt3AFCvsoLdGcHZc4xGxcds7WY7ykMhCvgpiiJ+QGqMVUzlEaqMug1s"
    "+2ttqmpmZL27gJzaPkCduIDoF89dpmtJrnGVOaMaUZU5oxpXUd2HiLU7GjpWl6aEQ7b1Id"
    "67y6ONZ5oTaWPD1UEE4Iegjvy5PXDfDlo6qrvYl7xkZpbJQ9NA4YG6WxUR4yE4yNUgs2GB"
    "ulksBtbJSaQmxslIdgo7zw8K+o1DYZ3RnW2SShh0dRNvyWcwSXBh7T22vvKYHGPmfsc/oD"
    "K/8WAK22HMXje2g4OmkUtX5SE7V+clwQELxg7GBLMZAwQ7QZpPfqhtl2M4awbs6oTXnKAq"
    "nmlXfef7x498Pt+4uTH8+7WXuHWcRDJTrJBaWwikcJSY45DmZdVLnrvJJX/7j7/U+TfH04"
    "Dl4tE241yy7rE5dNvu0hcFkWQ2hZhTRP2xlOD75h0U9SNPfDbuCjN6KmAmZgTrHviwoLLh"
    "hD35qGZ/lhTQgunZE5Z+nSPtRY/CmSthODdjgJiGwoOgT8q6/P6jqRaLwYPfLvr6JclZD2"
    "LwN78zpWCjY1E0yBcA0bjGaYb8YEQ5HnQKsNtEVK7bEdiPauIi42KrdDiS++EvDJ2hvFCs"
    "h18SUENvavXJ+W+xOWd4e1PgUxboSSgQ1a+xJgYxvMReFIn8i/Q/5/fiyL5roTSmbiE0Vl"
    "DXtVSNX9FKKU4fIKlGb/8nse/0oW9qBTSe1Dyt9b/XBTKdG4RXp0dKgrF8YS1AVlIdkDmw"
    "q1SwqdHTMDlwTukSf02ydEx0MgNBd++AudURxoRyHfWsi7m4+pXp41qgpGkVJnnmijYOQP"
    "96bHQ57OHBI5YCOZSAKiMI1zZD2cw6cnDebw6Ul1kbKT/BzOiJ9NJ3CGSHsFbseT15pC96"
    "HMX/j325tPFQaHJUlezsGWD/4X6OU2HFyiCaFI6lJw4ots0NApzYCDJj4ggb+2aizAygg/"
    "8SROfLmp+f2uxJMrHnBZnsehGNuQpeqf5W3zkoip3bm52p2aGIHeTZH16BGRMVBiBErdHa"
    "42AlnZ0SstQReA4QeXS91MWN5myPVF9fkpmXMCKqrQc337GQN8F+ViORX9ZZF9BC48D7n2"
    "D8R1Fm+BV5bfztBfJanwW3/bGony/BnFlVWXARIRbCbvY78RWTvM+jC2oJ1ISlPIpmXTuT"
    "r2LabQO+RtEzBuK5jN2N96aX8TRxb0A1qiL9fGkqbJzKJSWVSayGXvEcyKCOnrDWSxaTxu"
    "pRQm3KCRZMQlnaj/T0oWOgJfIucumGN/CtAT4iKQDJ8Rgxnij30LIBca8MMDolxV5Poi5s"
    "IVF5kAtJ+ga5W48nb21jWkMl2EgsNwx+1XBt63hrmX3GcjqBlBTU/0OyeoLW0fI+WNrEir"
    "854mj+64A2zG4qPrNpfCt0XiSp7YLEStF6LRmA5UY7rlKsGgRGOS14erNSYWj1ttt3aBjH"
    "fkuopUUUTUCObqR0Z9aW2m3vDDjVVad3m8WiWSE0FRBU3T7FYJ1d4urYs+r++xoFROFT1h"
    "ErCRuhJZIDXnrcp5azT4g5VxvrpCSkF2ZdZGdkADqSeICNQkH+CLDAw+lYBLpC0WLJB/BE"
    "qrzccHUo2s0+5xf7h/uBeJAZhMwH0qF+UecJ2ByZIUlMyFECX+GUtWZM4/U+iyMFr5rbwp"
    "gaDAh49ImpLhHC5CQihCBf5w40FH4JaIATZB4hv7YAZ9n1PysfMpFgZqKsthLF/ABTcym2"
    "H/TZi6In5peEHGHLPw1bbo9c0/KCSwVIpu3ZIc+mC+NsLFBoULhl2rRIGvt9QkRN2x0Axu"
    "fUhlHFJ6d0ptHM3Mal2332hyul7w73VHvK9e2cm6vLniVOW/zSfeKPAaHanVC2uN3X8OHU"
    "c5+DtDZPZ/s//vM1Fkyu9NiaNayjZDZwrZrqoZDGckcMs8InUYL4kMwCvrXosq4WPIsHLp"
    "6wxhV4CWrkGPYgsJkYa4CIQlvNeWYlqiH1CKXKukB1ld5+wlTR8TzZrkmVWnmZVvIKMZdk"
    "lJX6U6V0GeUmuP9zehtIuMAMAlux8CD4jl2TQ7eC8ubw8uRIbDKG4Er7IEymh7uBS20kE+"
    "xm7GZXailqtdoDSYN8M88OyWRUmzlN0xGxxkYIeHKFZcUglFD5dSk9Zy1Y3lCm3lxLNbqQ"
    "NZwq5IqvtTCQReVjnOlcJShkZnSUk1vuLk5dmrs9en52eJMJRcqZOBSjqasRGkM1SyPVwS"
    "4iDolgObJss7RDmdPsAOfhYPCSucQRcIf9PM8wGfEtiRtuMxdETKg/AfwTF5QvJiYg4B8I"
    "FDv7Yadnlz8yFzXFxe5yTRT18/Xl59ef4ytxxChmli5r0M7AdUmu4c3RnWGXjHyzEbte2m"
    "i8PJMvNJzZ7wU3gHuU+YEldIinLOhifcn00Nw6awnDEF63B0qrgCM2uhqeiXpeqh+LeF1i"
    "WpbUYN5k12h9EK5K2oq7ktvCnU+Z2/f2hvWKMx+uI20TWuoy3riViEx9IWCk1MpbU+s5H4"
    "zvW0EdPXaF0GdMKEqJXS+ZVBafio0DzD28PV6ucoSEaujNnNRNFG5DJDSISeiU5NJYG5DW"
    "nWCFFKHqqiJmWIjF6qXGEh5p7qJpchNHucdntcRo3zShWLWrksoTlEsez0WEUsmyLloLSY"
    "xICrcWP1dzJQ6RcKKwphpm7Xns9hwNPoIRm53T7rmaBd02p970esMf1u0PSrVxh7LyBlJK"
    "BlmTU1Jt6EoodGsS00p+NQPBCqFnOaojEgNwDZGB+3bHykaMYfLl6phnGGzsBslIn9GtAr"
    "dOFVFvQqdVgvE/rg21TqBSIDfcqRBeHiY1GOeaQmgAcCxou8gW+vtnZNcmJ21GX0M8Q2mB"
    "B6oOkwWnfy2HA2jEcxodgvAfiWT0mnMrwzTden6M7Tk1fnSWCn+FAX03nLJ/SH4m4xQbIq"
    "n2JcSpaqfxN3O4EpkwmyfPyEWngI8rTGSaC1kwB99zB/XBtGZyg3wGbN1lmfuGyiGnrLZq"
    "28Ju9JztdQvDts4DOJ6zasDmm4l+4Vfrqz+7A7RHQhNPGw+6FsYXifhAskw6IroT9bDKMI"
    "eBBTVgyB2NI7VkT+E0+sIv4zR49oUYjrN/6erax44+/Rwzlh/D2bL3mb2U8KsFZrUAXCHj"
    "omtqJFTfj7ERWtwMssjzWFWXOELeuz7siqdRNWrIta6A7BXBStFDUxp9AGUMYNkklYt3y+"
    "gbzDbfViMX6k7ZocZatVlW0nIejhdrN5P6gxju1sW0+0gSLSF5TCij09Q5VDWq/e75vYI4"
    "T88fufpcBFWlML8FKUvQfw09ePV1+u3xUwXCqZSgBmyXqPXun0y2jjbdBbUvYewJQxqoCj"
    "sSWuhajOtsQ0mx0EGRq1dw+U0RuWa81yucG1WtlZys74gga3olC80F/DphBzQh/BDC647v"
    "qEZGlHwIgowxfFsR3WdEAc6zaTIU3XmalwmAse+b5TViqrPkdsSdWR0Kv9mT1SDRwUrdlF"
    "yjVM2t2BWcGiLTOfFVFN02iPpyyi7eAZln1BIIjMNWEbIn5RFgJkwCfCfduwCPEmoW9lNM"
    "2Tmi2kZAvRxKn/AXHFl1a2GEvfHta59R05MGzHJUeqlSrIboVDviRctKpUQTWNcjJlbieu"
    "drRrstkfqANecLiIeX28bUxjYm1Nf1QTzNAdSKFVUTi52teVIjEexQYexdhhpTJp0zTaS9"
    "e7nrImwqDncvJdqlljpbR8l+3ouFJmznWA3F6l6Vy86RDkpGCG/jLVpfWSeI2UZqQ0nSEV"
    "W0YBzLpWYBGBztqYtMmFbH/GhgBOZLvvhom8++kAplox3dRKVxCTTVi1Cas2YdXyGWVh1c"
    "rOYxMo0gG/sdFlt+w2jno4jaR4oYhzgfYQ4VYs5Ur4g9Qk/xSJsXTlS4Y9IcoQU0Q0R6Y9"
    "qlITSJlnQre8P8VMFvh5wE+IAWFfWvt0VsDeJWpZNvF4k/tRKXtqYmO8I95Xb1BiVwxvDO"
    "tsiT7xRoHXyH44uOFzN2oq+DYMO1lqu0Te45eEDCYaDHrItTlLir741k8xpY6NHfKgjWbG"
    "Dmlcb/uXnxXrCWpSyLH/QO+jcKNuqG61cmO47Ecz7JISxbvOeZGn1NmLoRpTtmOPhQcXor"
    "vlyAqYT2ZlFpCa1o0ltD2c9lsxrcfYiZQnxYaZBUqDuRrmapUbslQaa+/SSuJR8oRtRJ81"
    "TFLYAeymHsl265FA7ARUCeAUSXfmM7CIjbSZ1JHFpUQKr5ZaUiR9klhOXp69Ont9en6WCC"
    "rJlTr5xDSEPVCXpou++6NoMbTgdQm5YbjWDLccyJlgj7jOhh3lpZ0n7kye++CWK0VjYi+E"
    "4V2mka7tnuoc6yfYxWzaak/PkXaG7QezxDXx1n2TBvlBibsuujOs89fNl2NWV8Amcz6/Rh"
    "RN7uWSBrHhgwun/FBC1IUOwDYgVHjcEJzx6+IrhVWrxXm1kE1pRLQZoQ/PZEBZSRHsrb1m"
    "RV4Ccp8wJe4sasQUfo04RDX5UiY1wbgEuyUwqZRuzsz5xgHGGSpjtWgSzJ1sJ8o4R0Q9hH"
    "k7HYayu3pTrHNkPUT7dQOsX1ci/boikLREzG0QQlom4erqkx3cBrM4Ij7sIiIFDxuNfSDq"
    "jmC0foGclsGlqPetPdPgEw+5QETH7gtvwXJFvGOSruC9v0jpXqb0/ULJnIU9e0QM8gJYU+"
    "g+NDXr78VDbqzSbea8sWAoNPSK4ydKbBjvUrEVNc280qNW2jG+yukDxgvwnKuCw7RR4cUb"
    "aTbAdhxiL00I4rRBzgQEDLHQyhDVxWNiFYvCeBakdFE0ZWz1TausGdG7kkJimcDm5TgT1W"
    "xMGNpvpwomjPS8LyBao+9lyXqo721Fu5Z/FWCOx2scd9EW3uPjJvAeH1fDe1ws6ovVQhLj"
    "8RrDy789IUwkrAXUBfIIDw33ro99BwmDS6vYrfOzBvCfn1WiL27lwEdwpgR+NF5n8L9NOf"
    "ZRhpTI8bcp5ArJhJLZEGCOLoK2crb/DrYZo4S0OTWNEtJcCblabj+DEj0kfbtWFUG5gSu1"
    "kW9CwIcugIGNkegRIbpC2CQ0EiSVuI9AXpeIxw/jISV1ijf87BUaR0yVeIKSC7GfI2oCV9"
    "Zm2KggRgXRejNVyQLML4SmEkSBsIdqyOZ9qYVtRhVt41FVK4uV2sYV4M6RGbSboY3ZCLni"
    "55fsJJeEOAi6FUdhhjBfg4xTdhDvOm/Gzc2HjJx7eZ3zbXz6+vHyiu8tORdU0eXBf61SrE"
    "A8XmPFT5/Nes8Z8prBvfG8bQ9RrJhQmVD0b/5uOMaFb6kcxhYbcUy1w104VlO6uwt7dkub"
    "T5bS2HyMzWelzeer6BU2qDf8hGOGDa0/oyAZ3tAGlAS6Aw4vok/IDutZyb5s/EPclA27/G"
    "K4a6dNN9BxwDjwwT2274fgXkR23UvL+n3URvG+ykC0/Rf/4f7hRjdE0bpJGLYVOrchf7II"
    "5Roux4sRvrRUyxFzUZA2uvdWfAvhLRdCVzgu6lzXIsQ//t2x6SOrocRiXdiNW+wmxmhljF"
    "adOg1U/OYmTnonMmR+z2mIc45MZ5xl4YIk80qEOIl0LOy/DZOz3ohd2yUgHbSlhaXF2LV2"
    "ifZOjSx647t5K8tSZFFUnTKERnPSTnPqdLrH8e6Z2jb3YN/d6vuHryY6/8/haT0oUfXjW8"
    "M6DX+SGtQ4tkNEdjPkOKKDepg3Fsk+rBh7wcWImkiOVk9aoRSbcAyj2XbutFbQbBXleSPH"
    "6xsBrjm+2wgBN6GvbbaHTgjzeolEPzvwoUYskrebiEajSTxydQeQ0Hw/nxIHyfBzyOeauF"
    "nS5qN26OpeHpUCzT5Ph9XCzM72rk2lT1TLNOmvqQB4jqyPx8ZWij070C2pznpBKaxoWplQ"
    "5CB2MGuSQr+rbpWuswCyBRZiCCTfeb3D4uofd7//WQyksZDrRz7cLIq3XIl3KgsRZCm1rk"
    "cQ7apceWBD6coFLMzImkI2FXZ60f1TuHL5iIZ2+rBIwenJq/OkLIH4UFeI4PbjxYcPJgDE"
    "SD57lHxunhCl2K4zDGWGNZaERiRNslIk+kzxDNKFXHjPJT3/1xCE6n2JYajB+DWEo/iBSv"
    "6wFI0Rk5TFJGP62aDpxwTPm7DNTjDAnNoK/Umn/HeIAMJ3lDAWAl7sVVoYVHti+/HwkZUe"
    "v/K4vgBsKgMYk3jJKGQRMkARtKbITodNDoHP38H1FwsdgczRLT02zCIef0k8NlIkSk793b"
    "12DeFBPlZFckgI+ic2NLIMn9dYhs9jy7CRHHYiOZgImp4eYiU2npYGHt2tO833qs3ZbNTX"
    "i1komi4UTaS9axvNPOKLvrK/okWZqJcbUSvn4eXY2EbRRMiTXXiE2RkCaV6RBVSE5RS6bI"
    "5olMjCRS/PgbLfzQN+QiVerLWe1KRhPfruYc73JFnFuLx24ncxQtlOhDKPv8PCXkVxx2pI"
    "83QG2Hw7Ck/8ZkXPbIaoh37ZzVcUnPCXIypmY4mYdIldrpZX2NSzhHl75MIPew50DO46g+"
    "SHm8uMcMRRvbz+dPHlt+cfL/7xIiMhfbj59Es8Pj3PL3+7u7rIy6fylC2C//fbm08V8mlC"
    "kZdRseWD/wUN3eMdwl5gkcE+ntIJ9KnZ/q4EePGASxPGdiiKQrb6ciJ/KrI5S2nYrB2bNd"
    "EHP6LZGFE2xd6gRBdM3R3W6YGz7LhVKmA1k6tyK6TCxviFYu19cTmpym+SLPaWZEGJo+Se"
    "iMf3UNTdfAaqOe97exBkFEdj3lh3g0qFTrCKshDVaKZIDJxlWaaZqVpE9mdCEX5wf0Wh4n"
    "0tEgvK+xFGAsZN+JRuArq8ujzTKZwnEkhqcfJfzn8vCqN8vvB94sv1u7tBYbpuANGv0WN6"
    "CmlqhVZguh85WkzkEgE6mt/VknO0jDYrMpvsY50EY5PSud2UTuYEJUdRTVxUNL53Hrjz0y"
    "YW9tNqC/tpWdqTCrTx+N1N3cHPX66utrUfZOE9PWkA7+lJJbziVhHe0ROirNRVVB0wkyPb"
    "XdTMy20BHYbMnLw8e3X2+vT8LImbSa7UBc+YLqsHqi5TxCFlPht5XCicYTfwSw7aymVUQd"
    "1qNe0oXfOCo4fsOMpF1H4VTU6XjcZE5IvYHZ417fm24XUn5XEsBHMukaovvhLyDazAHfHm"
    "FvlgPsUin96XnaGYj0UpX1Fb1yZuw67UfVqeoXbWZhfOUnZmDhzMJqzgvEqpxImTqCST/j"
    "Ii/vnXL8ipCoMp9Up18/wtGDoyK2dO6CPzoIXWROpb/Jw+AbVNM460npXYcWKrWrUhRxqm"
    "oGXFrVWMRae/Fh00g9hR0YsTAp1tOoMLBsQXs9+C8E1SziSBDyh64CtL1Ei0IGsoyOSDg5"
    "tE//FRNcHBhfg/Y1jbrmHNg4zxk8geifIlRaDv0PcqA0WeUONWSANIH4h7gu0h+Pz+HYhQ"
    "X1uKu/rHXUaAKwT9ZeIt4+H5SEBj1TgQgToT9CcOC2Hfw/zntOF26QOMEqUbz40S1S3dYK"
    "lMlSgIGU2rWkuYZ4ZtJ05SfjNTgVorjcGIqtsVVVVbg3ehI/jAwU+imCDwUZgTs+9WS0b8"
    "7KsoYmJQTdCkLhF+K4Mm91Q4wX3CPox+dLFowvJurfyHs+NWl/T2EJd6XB87wquIGYCWhT"
    "zO8yGg6Ik8it6iFITJXvYRuPZFJ5NHTsOHin4m2Jb1ZiFgfIbJKpr8hxEXifvMJ4Iof7Ls"
    "6p1N6i8s54JJ8Nm7DGsOhg0mJ/TThdBWJdiGd8Dko20xH02eY1yiHy9GqqpXCamBXA1yxf"
    "MuT2g2Y6PZHqJma6opHASbY3WlBZ9zpMZn1gk+j0vq71UfhzmyNQ7D7vBW4SyMVPwWiydL"
    "adaObmtHwd+8TUPa38l4UGJBE5eHdaazf0YDthlXmbc4DcHvS5dt7vpyJPNhmDpijFTGSK"
    "X9XqVwFuSnflNI83QG2ANwV7c0lGy+LGiyHTdFNyHoIbybt0Mx9FcR3Ev8UJlnGRHoXNt/"
    "8AslcyZaNgo/lUyvRE+ILoA1he4DisuIs2AsqMaIhgl+qGksfJhm+R8nJ6enr06OT89f/3"
    "j26tWPr4+TfMvirbrEy8vrX0TuZYZlZc0DfDTzlNsxpMh2x7LjbS2GzfViEMsqwqYk9LIe"
    "0zytzmthH9g6hLGyXLd6VJdU2k7UgYgLRZQB/l3j9GCueywAhS7ATaO6Nge0R4kQS5ShTt"
    "PpC/bnZSeZnaKKXS8o2Werq2AnBKYI9hpFsBHz8Uy6X2T8SVlAfI1YUkbdp315x9KGFTCf"
    "zCoqLlbL3jkyjRPFWsc2bKEdfex2bOF+LyE1ao9CBV5l93uB0FhDjPv9UHwOGc9S4LbxKi"
    "VUhr1as5cDGrRaxBlC4zbUmceyG2srJmcpDZd15vIEu5hNW7E5R2r4rDOfHQQZCrVfFYE2"
    "R6Z9AM3gPf8VwrYvqiPOpT0uNOgLG/6cYn/90nwKwm6IXvtQxDJ6s8x0Xmb8UQKbAp+rzY"
    "NLirXsg93h6XbMg5QSylG1lZzBWar+2aM2728PEZshxuBDCdTVZaIKhH1Ae9dFoTxKnrBd"
    "1jqkpkx7iqYPmG97hstoRBWAE4L+ofvypElZCT6q2rZ6UigtIf1hrbw4eUptnZOau29I4L"
    "dlQYHU8KClC40iG5cFl/yELDyDTqUNPKbKS4sh2VFE3jUm1OD509W7648XH56fnA1fhg03"
    "+LmJw0IR8RZ0VigSZHGBcRSwEu9NPcApsrUR1mxv3wjG+iQWXD0hWVekLLsgvDdckWIwQs"
    "mw1cU5XAQomQMPUXDP0F/3ogUDBPwpb8C8EDEolDou64IJJbMj8JnyCUMX4BEtwHPxXlGA"
    "lD/jRUk9jq29Zo1C0+GzVMxGSwqT1aCa1dDHmFvND+M+huiHke6iek86nm/PZeVMuP5W41"
    "a6FAXejWDlbsXQdgPTSIckkwlDJXN1le65pOuN7rmxnlwRRFzY9aGKdTZPt8OejnsQzrZi"
    "m21RgMJEOunp0NNEx/0qXCUX9j8D5s8qVN38kGF91yI+mP/2zOiViu83oXWGqXEMQBdInf"
    "kZ1znxQ0DFpYnPNVHsgzlk0sPuI/cNkLNV1JD8Qf5LiKFPBNuihuSF5yHX/oG4zmIIOI18"
    "IH8ORUV1eJcv/8P9w72bouWzKQI2nkwQRa6F2FuuelPiOIEnaluK8AKuewvtXJTBjB/jxp"
    "0ZMQVLoFmLGpghs+RzR6bUwN6VclNqYINhMbm5rQBqkdKAmxcBLSugtFVAX460O5LJ4CZs"
    "hysnxpswpzusTjyUf72lZbSZEaTrEkzfjVvaWFzG0LemiptYmkb/7St0SUhRigM9lEUTLM"
    "K3CSuubL6rnc1oWL3cn+LW7GpOjzRVnwxsO/Z8BG4IkRL2KSIDfWvouxgH1TsmdDMUqnds"
    "0CFaRzdObD4kqpshZ12CmAoNNEAtpnKO0kDdKMCPoomKapum6V+09laqj4wD6qrCnKYxMD"
    "eCmQUeogzZFRXOawJk8oQaAz64i210om9Y6CiJbQnCTeM2LbG4fX44yH5AdMRf6jIoLR2K"
    "Rp7KB2ifQrsDe7VODtbKMOLU3eFqt2rzUOJqfNU8hDlrvXESGidh1/cFU498F90IK/2uNY"
    "nS1R7XPviFtiJChJhJmJSRjql6iPXpSQOoT08qkRa3jMf7QD1FFsJPLfsVZUgNo7VmtKkv"
    "u8NzKmDKQKdIDMiNQJ4g2RxdEecslYG6EdTQw6NHpFq5N0tljDRZTPeUAdxLLPdSxEc3aa"
    "VnVXz0hteU8ellCZluxq70iwcWtEQF3PaLoeIBhh9r8GMkC722Z0eB3nCjHTcogoy4/Hu1"
    "4kUZteFEyzhf6aRkJKCWkjk6T9dH6Wjz7WM0iGbcUUSHIHkDUgHhJq5Rgwlugu0Ug5Ji/V"
    "pkClpRC1iRUh6wprO6r6F4O5rakgviywIaOLoygM8SD1Efl3UvrS7wnqUyTSDXqPLOf7e6"
    "Rz1DpPNGdDMB/LwJK13YIHRmRZUl2iyBzRvV/gqg62O/JD619qRNk3VErtnfSStnwIjh/1"
    "Ga41kqjSe5NkEjIWJ8ajqlE3oV1ClCg/ZqtB2OhGstRrOSk7O65XeGqJXmrxvMGy73pk+6"
    "0Q5l9UhxA0JCFGKibLHOkOOACaF7UkEPOF0grNFlUzSXpVZSavVBZRD8ihaD2iSCX8PaM4"
    "3yCEZRoZrV1dkyNb/DaPIhiKN1S+qLNxi/RqFwPUKLVycbdDHAxaQdmNpkXQfXRGofSACv"
    "BxcOgfbIxg+IlfD6Erv8FKqwlxVoc8weL/zQlqaH/HMzCeVQYa5ksv6cLA7KkQDwgXNXlA"
    "uFwA48B1twA/1HLyNjWTIP+Flxef3p4stv5eWLL0uMa5e/3V1daCZGvScU/4+EtFyKiu83"
    "EKKmqaErRahLxPUGBO4Zdi10P4xruT6/f0Sefy+4dx9eun8hKsnaKGalyFXkclQ4dCFuiy"
    "azYwQeiIve8LmAwBOieBKNLQpjO33zGmKd+DoqIl08vnfi3Ea6YdR0fhHzQPVgTIjMkajd"
    "kajT9vohtKa9JwGt3GLTYxpss7GBbhqPX7nXvidzvlW5C2BBx2HAJ+QRTPk1h7gPuQZWXE"
    "cZAvHkIUhSeoeJo3YI5LcagnFgPSK/RNPd7qvW2E1jtFQWeUyzjTW+1/216yu8bjs3erkp"
    "B6A/sCYdxaSj9CAdJTycixDXt+laUulcvHNwBa2pUAdP/t/zl//n9Qsgjnom2pcIYUb8FR"
    "YHUZh7LDXKZiaGDXb0MiWcdxzarZNi8UU2xanVK1JDGqgVYZcdBa2i1KkVyvMikgo9IX7T"
    "5mvGZZyiqVdsxQOMBmA0AKMBGA2g+8DuuWBCP0HdYwkb3QDtZw2bA0R5b0VsDhBrY5YxZp"
    "kemGWMZWCfSd+mudO+oO9idZzeMaGbBXJ6xwYdyiHoxglTBKF7EOuTbdUK6m0VtNkIzpo4"
    "NG4Cf0y+f0RMOCIGJe6M7IBhnTODyKGjWWrsSk/GBYiGhxUQILDIbIZ90R1H1qQSQUkzzJ"
    "B9BC4AJXPhFBTeBwQC18eO9APGT5hCBmzhFBRpWcIIWvR7bP91TVqawCeI5cwWsf2mh8ku"
    "7JTVLos+dgvna5I9vknNWb4GCRWTWUzYt3Hb+PC+F4wdzKbtyo5sJEB4yQz5V4EZ8XitmX"
    "EXM2Aogtr9uCVYG7hfHh83MVkcH1ebLI4Lx3yUf1LEvabEy5LE1HdZo76LOB2VJnxCoHER"
    "hsG303dAflEPUtH7Lmp8J0/YNrN+83ZQrgYIlFqk5WUpTQqChuEJKUdvWtBSZHSetjusHn"
    "ybIleuOIocuJCpUgy5NhdUwXOZofei2Srs1VTgQv7MK7MX1AdMpul6U4u1bQikJkrrZweW"
    "Zk3K68M6FdWLR6xUTG9cmVIowt/E+SUTXj9Aru1Mf+XLSFRfESk2XKB7YLnkGou/dhjTvn"
    "jLlcz4OVz+dkVoHbCm0OW/rKif7uytawTziTepiCzx+N4lR26qalS1bhqxsIh25XaVouiT"
    "AX9jBaT6qGBqE10ga8mOZtglJVEcdc6nHKHGlc+EBZG4/nQIsAvkFwai3CZ7K5/1BowXgI"
    "Meni0qE3zXHipRWsS1lOoApml6uBxOm2zm1Xt5sVuM5QSiSX07l3iBWOM1obk3lvAzUWRZ"
    "eIiOXj4qOrKKxF2pHBjuRxDw9WwDB89www1p415EhmCZ2lU5+ZPxPZryG5NfoiB0FTzTJA"
    "bS6lw+ucb5kR74JRLiysi9HLURvkuQnkI24s9HcCbeWjwRCXEQdCvSwfK0+RpZnLiDENed"
    "bjc3HzLWtcvr3Fn36evHy6svz1/mtuIi8GgyQZaPn9BoQslM1RJapO6OLfRgzN6amOYuA+"
    "p+CeRPLpjnknvDOhNd2MAjHrbKTlfN3yaBGPJd8s1xsgZhWD7ZRGXsNyqjwJmmgBdZahL1"
    "claaeI4XUK33hKTp+iTebKIeRJ+TlwZ/E3XmAXQXDS1aJoepnWFR/MAh19g9iib4O5hjf8"
    "o/TbALHfA3GTv0tzYc2EqakzB6qvAgHq85C0RwnwxXEXa3YdSdSEIP4/5E8S/Z/0IwnXNM"
    "55z+oW3yOrZukfXKBJVaeL1SMcVAW4DWx4gqNUtMCNaKo9Vsj9hFGK1GBo+7iAulFo/w5n"
    "ClycNPxikUFY46Q8kyYrKbKJOO6SgKhB2BexjYGLkWEj1R78PK/GLKpUUaRJ8xgL77iApJ"
    "U1QC4zdF0NuirsjwLl5dYsP5PVUxKnlBnJORfqP4HEfD/Nk0tskYd3Zh3DFVwjZozjERTc"
    "u6NI2yY05qsmNOitkxhU2mKdAFwh4i/vK8iWkh7wtJWRbOK+FW7Pudp+sh2Fspu2RCTDft"
    "5WY+9IMSHaB67i4pejhrN79FaOjN7o7+1Qlndjm3fdKe1yGt4bTOnA5VylEYDN6ifE4JeV"
    "eCNWVLYVFLIvwRUabPhNC30g1EAh9gfwhcwpVv+oDdZg6IbdTcMWmz/V+ISUWIFozO05ot"
    "VzdOa2I4/RyFP3wW+/WgLJszM2BYm9YZDQ03/2ZG1AtXpFE+Y4DMXSDphOMXxr3PMOc5gn"
    "Zcu0DY4Z8Jo6Ycye7f8CsuYuK2cAgPwdfbn2TrBJmyKYsLYbmBl9Qg2uGLmwTBpWxrqYiU"
    "MGjChMEZS6neW65p/KVXDmg/o7Pa2j62EXoVHgRFiGuqNSUUpljTGsWaNLQ7dYglnZCNje"
    "HpEDltzBq9ZbMmyu4XwfMQ54Kem9wb1qm4ND2qQVldKmr9SC1xWe6WK4Zy6nF9Ec1lqM2c"
    "BI4Nxgg8h8CmC0AD98UREAUrrYCysGSo1EIh88OqlcAh5FE8wi+rrrujt6qptfz/Ro81eq"
    "zeu6mCHovZiK+aEV81RUBrc6izhCaBunkCtRDZW4gHKTIjG2gnG2TitkkL9iZEhrlaM1fE"
    "1yjFSCYEfbRJbTweJxTa2mhPaUKzhrReQxGv1IS4DJGR4wqFsVCZBFdTFy6m6E0h4l2XPY"
    "zMNeOFcjR3Cak5HJocDkvcFPeOPKHZP0w01iGevBPstg3GypEaL4RufNbMPP0uSsoc1Jip"
    "kzHDJubqkZUevtJuLeNgsR+Vqmdh4ZkkVxQ8f/bsTWRaJhPgkjGxF8/Yi1wp/OTdIp80pu"
    "UfXhQt1jt43xqV9lMPVjk5c2TGWq1qrU7xUElEzJL1UDzcSgaadPAoFshe0vQpBW332pBI"
    "4R+NEd/2SuxjTQqupIgPsTjI6XGLlsUjOPGVK7AUaA3cK+EW/bTbTe4spYG6EdStpnWG0A"
    "DdtCV3q2ldJDaANwW8zeQu0Bq4NW6FfoEotqaDEtU3ujOsU3jhcsw2a1YrxTFV95cpU1BK"
    "ROdIu1tPI9y+3Lxm6YYW/deqlcDq6hhGAaxQAMWiUkA4Gt5DdLfS3Vu0I4u6jTfNF0mRmI"
    "SRLpUl/Pf/B+tlf64="
)
