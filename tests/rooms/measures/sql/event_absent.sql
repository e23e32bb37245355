WITH "windows" AS (
  SELECT
    "t1"."enrolment",
    "t1"."person",
    "t1"."arm",
    "t1"."enrolled_on" AS "start_on",
    CAST(CAST("t1"."enrolled_on" + INTERVAL '12' MONTH AS TIMESTAMP) AS DATE) AS "plain_end",
    CASE
      WHEN (
        CAST(CAST("t1"."enrolled_on" + INTERVAL '12' MONTH AS TIMESTAMP) AS DATE) > MAKE_DATE(2020, 7, 1)
      )
      AND (
        "t1"."enrolled_on" < MAKE_DATE(2020, 8, 1)
      )
      THEN CAST(CAST(CAST(CAST("t1"."enrolled_on" + INTERVAL '12' MONTH AS TIMESTAMP) AS DATE) + TO_DAYS(
        CAST(DATE_DIFF('DAY', GREATEST("t1"."enrolled_on", MAKE_DATE(2020, 7, 1)), MAKE_DATE(2020, 8, 1)) AS INT)
      ) AS TIMESTAMP) AS DATE)
      ELSE CAST(CAST("t1"."enrolled_on" + INTERVAL '12' MONTH AS TIMESTAMP) AS DATE)
    END AS "ends_on",
    "t1"."feed" || CASE WHEN "t1"."file" IS NULL THEN '' ELSE '/' || "t1"."file" END || ':' || CAST("t1"."row" AS TEXT) AS "own_source",
    CAST(NULL AS TEXT) AS "start_source"
  FROM "enrolments" AS "t1"
  WHERE
    "t1"."enrolled_on" IS NOT NULL
), "watched" AS (
  SELECT
    "t18".*
    EXCLUDE ("ended_on")
  FROM (
    SELECT
      "t17"."enrolment",
      "t17"."person",
      "t17"."arm",
      "t17"."start_on",
      "t17"."ends_on",
      "t17"."own_source",
      "t17"."start_source",
      "t17"."ended_on",
      "t17"."ending",
      "t17"."ending_source",
      "t17"."rule",
      "t17"."closes_on",
      "t17"."own_sources",
      CAST(CAST("t17"."ends_on" + INTERVAL '-1' DAY AS TIMESTAMP) AS DATE) AS "last_day",
      "t17"."ends_on" <= MAKE_DATE(2025, 1, 1) AS "is_seen"
    FROM (
      SELECT
        "t16"."enrolment",
        "t16"."person",
        "t16"."arm",
        "t16"."start_on",
        CASE
          WHEN COALESCE(
            CASE "t16"."ending"
              WHEN 'death'
              THEN 'fail'
              WHEN 'move'
              THEN 'censor'
              WHEN 'custody'
              THEN 'censor'
              ELSE CAST(NULL AS TEXT)
            END = 'stop-the-clock',
            FALSE
          )
          THEN CASE
            WHEN "t16"."ended_on" IS NULL
            THEN "t16"."ends_on"
            ELSE CAST(CAST("t16"."ended_on" + INTERVAL '1' DAY AS TIMESTAMP) AS DATE)
          END
          ELSE "t16"."ends_on"
        END AS "ends_on",
        "t16"."own_source",
        "t16"."start_source",
        "t16"."ended_on",
        "t16"."ending",
        "t16"."ending_source",
        CASE "t16"."ending"
          WHEN 'death'
          THEN 'fail'
          WHEN 'move'
          THEN 'censor'
          WHEN 'custody'
          THEN 'censor'
          ELSE CAST(NULL AS TEXT)
        END AS "rule",
        CASE
          WHEN "t16"."ended_on" IS NULL
          THEN "t16"."ends_on"
          ELSE CAST(CAST("t16"."ended_on" + INTERVAL '1' DAY AS TIMESTAMP) AS DATE)
        END AS "closes_on",
        "t16"."own_source" || CASE
          WHEN (
            "t16"."start_source" <> ''
          )
          AND NOT (
            CONTAINS(';' || "t16"."own_source" || ';', ';' || "t16"."start_source" || ';')
          )
          THEN ';' || "t16"."start_source"
          ELSE ''
        END || CASE
          WHEN (
            "t16"."ending_source" <> ''
          )
          AND NOT (
            CONTAINS(
              ';' || "t16"."own_source" || CASE
                WHEN (
                  "t16"."start_source" <> ''
                )
                AND NOT (
                  CONTAINS(';' || "t16"."own_source" || ';', ';' || "t16"."start_source" || ';')
                )
                THEN ';' || "t16"."start_source"
                ELSE ''
              END || ';',
              ';' || "t16"."ending_source" || ';'
            )
          )
          THEN ';' || "t16"."ending_source"
          ELSE ''
        END AS "own_sources"
      FROM (
        SELECT
          "t12"."enrolment",
          "t12"."person",
          "t12"."arm",
          "t12"."start_on",
          "t12"."ends_on",
          "t12"."own_source",
          "t12"."start_source",
          CAST(SUBSTRING(
            "t15"."first",
            CASE WHEN (
              0 + 1
            ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t15"."first") END,
            10
          ) AS DATE) AS "ended_on",
          CASE SUBSTRING(
              "t15"."first",
              CASE WHEN (
                10 + 1
              ) >= 1 THEN 10 + 1 ELSE 10 + 1 + LENGTH("t15"."first") END,
              1
            )
            WHEN '0'
            THEN 'death'
            WHEN '1'
            THEN 'move'
            WHEN '2'
            THEN 'transfer'
            WHEN '3'
            THEN 'custody'
            ELSE CAST(NULL AS TEXT)
          END AS "ending",
          SUBSTRING(
            "t15"."first",
            CASE WHEN (
              11 + 1
            ) >= 1 THEN 11 + 1 ELSE 11 + 1 + LENGTH("t15"."first") END
          ) AS "ending_source"
        FROM (
          SELECT
            "t10".*
            EXCLUDE ("plain_end")
          FROM "windows" AS "t10"
        ) AS "t12"
        LEFT OUTER JOIN (
          SELECT
            "t13"."enrolment",
            MIN(
              CAST(GREATEST("t13"."start_on", "t13"."from_on") AS TEXT) || CASE "t13"."kind"
                WHEN 'death'
                THEN '0'
                WHEN 'move'
                THEN '1'
                WHEN 'transfer'
                THEN '2'
                WHEN 'custody'
                THEN '3'
                ELSE CAST(NULL AS TEXT)
              END || "t13"."mark"
            ) AS "first"
          FROM (
            SELECT
              "t12"."enrolment",
              "t12"."person",
              "t12"."arm",
              "t12"."start_on",
              "t12"."ends_on",
              "t12"."own_source",
              "t12"."start_source",
              "t8"."person" AS "person_right",
              "t8"."kind",
              "t8"."from_on",
              "t8"."to_on",
              "t8"."mark"
            FROM (
              SELECT
                "t10".*
                EXCLUDE ("plain_end")
              FROM "windows" AS "t10"
            ) AS "t12"
            INNER JOIN (
              SELECT
                *
              FROM (
                SELECT
                  "t0"."person",
                  "t0"."kind",
                  "t0"."happened_on" AS "from_on",
                  CAST(NULL AS DATE) AS "to_on",
                  "t0"."feed" || CASE WHEN "t0"."file" IS NULL THEN '' ELSE '/' || "t0"."file" END || ':' || CAST("t0"."row" AS TEXT) AS "mark"
                FROM "events" AS "t0"
                WHERE
                  "t0"."kind" IN ('death', 'move', 'transfer')
              ) AS "t4"
              UNION ALL
              SELECT
                *
              FROM (
                SELECT
                  "t2"."person",
                  'custody' AS "kind",
                  "t2"."start_on" AS "from_on",
                  COALESCE("t2"."end_on", MAKE_DATE(2025, 1, 1)) AS "to_on",
                  "t2"."feed" || CASE WHEN "t2"."file" IS NULL THEN '' ELSE '/' || "t2"."file" END || ':' || CAST("t2"."row" AS TEXT) AS "mark"
                FROM "spells" AS "t2"
                WHERE
                  "t2"."state" IN ('custody', 'jailed', 'imprisoned')
                  AND COALESCE("t2"."end_on", MAKE_DATE(2025, 1, 1)) > "t2"."start_on"
              ) AS "t5"
            ) AS "t8"
              ON "t12"."person" = "t8"."person"
              AND "t8"."from_on" < "t12"."ends_on"
              AND (
                (
                  "t8"."from_on" >= "t12"."start_on"
                )
                OR COALESCE("t8"."to_on" > "t12"."start_on", FALSE)
              )
          ) AS "t13"
          GROUP BY
            1
        ) AS "t15"
          ON "t12"."enrolment" = "t15"."enrolment"
      ) AS "t16"
    ) AS "t17"
  ) AS "t18"
), "counted_arrest" AS (
  SELECT
    "t21"."enrolment",
    "t21"."person",
    "t21"."arm",
    "t21"."start_on",
    "t21"."ends_on",
    "t21"."own_source",
    "t21"."start_source",
    "t21"."ending",
    "t21"."ending_source",
    "t21"."rule",
    "t21"."closes_on",
    "t21"."own_sources",
    "t21"."last_day",
    "t21"."is_seen",
    "t6"."on",
    "t6"."amount",
    "t6"."source"
  FROM "watched" AS "t21"
  INNER JOIN (
    SELECT
      "t0"."person",
      "t0"."kind",
      "t0"."happened_on" AS "on",
      "t0"."amount",
      "t0"."feed" || CASE WHEN "t0"."file" IS NULL THEN '' ELSE '/' || "t0"."file" END || ':' || CAST("t0"."row" AS TEXT) AS "source"
    FROM "events" AS "t0"
    WHERE
      "t0"."kind" IN ('arrest')
      AND NOT (
        (
          "t0"."happened_on" >= MAKE_DATE(2020, 3, 16)
        )
        AND (
          "t0"."happened_on" < MAKE_DATE(2020, 6, 1)
        )
      )
  ) AS "t6"
    ON "t21"."person" = "t6"."person"
    AND "t6"."on" >= "t21"."start_on"
    AND "t6"."on" < "t21"."closes_on"
)
SELECT
  "t26"."enrolment",
  "t26"."person",
  "t26"."arm",
  "t26"."start_on",
  "t26"."last_day",
  CASE
    WHEN NOT (
      "t26"."is_seen"
    )
    THEN CAST(NULL AS BIGINT)
    WHEN "t26"."events" > 0
    THEN 0
    WHEN COALESCE("t26"."rule" IN ('censor', 'stop-the-clock'), FALSE)
    THEN CAST(NULL AS BIGINT)
    WHEN "t26"."rule" = 'fail'
    THEN 0
    ELSE 1
  END AS "quantity",
  CASE
    WHEN NOT (
      "t26"."is_seen"
    )
    THEN 'not-yet-observed'
    WHEN NOT (
      "t26"."events" > 0
    )
    AND COALESCE("t26"."rule" IN ('censor', 'stop-the-clock'), FALSE)
    THEN "t26"."ending"
    ELSE 'known'
  END AS "status",
  "t26"."source"
FROM (
  SELECT
    "t21"."enrolment",
    "t21"."person",
    "t21"."arm",
    "t21"."start_on",
    "t21"."ends_on",
    "t21"."own_source",
    "t21"."start_source",
    "t21"."ending",
    "t21"."ending_source",
    "t21"."rule",
    "t21"."closes_on",
    "t21"."own_sources",
    "t21"."last_day",
    "t21"."is_seen",
    COALESCE("t25"."events", 0) AS "events",
    COALESCE("t25"."days_with_one", 0) AS "days_with_one",
    "t21"."own_sources" || CASE
      WHEN (
        "t25"."event_sources" <> ''
      )
      AND NOT (
        CONTAINS(';' || "t21"."own_sources" || ';', ';' || "t25"."event_sources" || ';')
      )
      THEN ';' || "t25"."event_sources"
      ELSE ''
    END AS "source"
  FROM "watched" AS "t21"
  LEFT OUTER JOIN (
    SELECT
      "t23"."enrolment",
      COUNT(*) AS "events",
      COUNT(DISTINCT "t23"."on") AS "days_with_one",
      ARRAY_TO_STRING(
        LIST_APPLY(
          LIST_SORT(
            CASE
              WHEN ARRAY_AGG(CAST("t23"."on" AS TEXT) || "t23"."source") FILTER(WHERE
                (
                  CAST("t23"."on" AS TEXT) || "t23"."source"
                ) IS NOT NULL
                AND NOT (
                  CONTAINS(';' || "t23"."own_sources" || ';', ';' || "t23"."source" || ';')
                )) IS NULL
              THEN NULL
              ELSE LIST_DISTINCT(
                ARRAY_AGG(CAST("t23"."on" AS TEXT) || "t23"."source") FILTER(WHERE
                  (
                    CAST("t23"."on" AS TEXT) || "t23"."source"
                  ) IS NOT NULL
                  AND NOT (
                    CONTAINS(';' || "t23"."own_sources" || ';', ';' || "t23"."source" || ';')
                  ))
              ) + CASE
                WHEN LIST_BOOL_OR(
                  LIST_APPLY(
                    ARRAY_AGG(CAST("t23"."on" AS TEXT) || "t23"."source") FILTER(WHERE
                      (
                        CAST("t23"."on" AS TEXT) || "t23"."source"
                      ) IS NOT NULL
                      AND NOT (
                        CONTAINS(';' || "t23"."own_sources" || ';', ';' || "t23"."source" || ';')
                      )),
                    LAMBDA x : x IS NULL
                  )
                )
                THEN [NULL]
                ELSE []
              END
            END
          ),
          LAMBDA __ibis_param_key__ : SUBSTRING(
            __ibis_param_key__,
            CASE WHEN (
              10 + 1
            ) >= 1 THEN 10 + 1 ELSE 10 + 1 + LENGTH(__ibis_param_key__) END
          )
        ),
        ';'
      ) AS "event_sources"
    FROM "counted_arrest" AS "t23"
    GROUP BY
      1
  ) AS "t25"
    ON "t21"."enrolment" = "t25"."enrolment"
) AS "t26"
ORDER BY
  "t26"."enrolment" ASC
