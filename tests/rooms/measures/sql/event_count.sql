SELECT
  "t23"."enrolment",
  "t23"."person",
  "t23"."arm",
  "t23"."start_on",
  "t23"."last_day",
  CASE
    WHEN NOT (
      "t23"."is_seen"
    ) OR COALESCE("t23"."rule" = 'censor', FALSE)
    THEN CAST(NULL AS BIGINT)
    ELSE "t23"."days_with_one"
  END AS "quantity",
  CASE
    WHEN NOT (
      "t23"."is_seen"
    )
    THEN 'not-yet-observed'
    WHEN COALESCE("t23"."rule" = 'censor', FALSE)
    THEN "t23"."ending"
    ELSE 'known'
  END AS "status",
  "t23"."source"
FROM (
  SELECT
    "t19"."enrolment",
    "t19"."person",
    "t19"."arm",
    "t19"."start_on",
    "t19"."ends_on",
    "t19"."own_source",
    "t19"."start_source",
    "t19"."ending",
    "t19"."ending_source",
    "t19"."rule",
    "t19"."closes_on",
    "t19"."last_day",
    "t19"."is_seen",
    COALESCE("t22"."events", 0) AS "events",
    COALESCE("t22"."days_with_one", 0) AS "days_with_one",
    "t19"."own_source" || CASE
      WHEN COALESCE((
        "t19"."start_source" IS NOT NULL
      ) AND (
        "t19"."start_source" <> ''
      ), FALSE)
      THEN ';' || "t19"."start_source"
      ELSE ''
    END || CASE
      WHEN COALESCE(
        (
          "t19"."ending_source" IS NOT NULL
        ) AND (
          "t19"."ending_source" <> ''
        ),
        FALSE
      )
      THEN ';' || "t19"."ending_source"
      ELSE ''
    END || CASE
      WHEN COALESCE(
        (
          "t22"."event_sources" IS NOT NULL
        ) AND (
          "t22"."event_sources" <> ''
        ),
        FALSE
      )
      THEN ';' || "t22"."event_sources"
      ELSE ''
    END AS "source"
  FROM (
    SELECT
      "t17".*
      EXCLUDE ("ended_on")
    FROM (
      SELECT
        "t16"."enrolment",
        "t16"."person",
        "t16"."arm",
        "t16"."start_on",
        "t16"."ends_on",
        "t16"."own_source",
        "t16"."start_source",
        "t16"."ended_on",
        "t16"."ending",
        "t16"."ending_source",
        "t16"."rule",
        "t16"."closes_on",
        CAST(CAST("t16"."ends_on" + INTERVAL '-1' DAY AS TIMESTAMP) AS DATE) AS "last_day",
        "t16"."ends_on" <= MAKE_DATE(2025, 1, 1) AS "is_seen"
      FROM (
        SELECT
          "t15"."enrolment",
          "t15"."person",
          "t15"."arm",
          "t15"."start_on",
          CASE
            WHEN COALESCE(
              CASE "t15"."ending"
                WHEN 'death'
                THEN 'censor'
                WHEN 'move'
                THEN 'succeed'
                WHEN 'custody'
                THEN 'censor'
                ELSE CAST(NULL AS TEXT)
              END = 'stop-the-clock',
              FALSE
            )
            THEN CASE
              WHEN "t15"."ended_on" IS NULL
              THEN "t15"."ends_on"
              ELSE CAST(CAST("t15"."ended_on" + INTERVAL '1' DAY AS TIMESTAMP) AS DATE)
            END
            ELSE "t15"."ends_on"
          END AS "ends_on",
          "t15"."own_source",
          "t15"."start_source",
          "t15"."ended_on",
          "t15"."ending",
          "t15"."ending_source",
          CASE "t15"."ending"
            WHEN 'death'
            THEN 'censor'
            WHEN 'move'
            THEN 'succeed'
            WHEN 'custody'
            THEN 'censor'
            ELSE CAST(NULL AS TEXT)
          END AS "rule",
          CASE
            WHEN "t15"."ended_on" IS NULL
            THEN "t15"."ends_on"
            ELSE CAST(CAST("t15"."ended_on" + INTERVAL '1' DAY AS TIMESTAMP) AS DATE)
          END AS "closes_on"
        FROM (
          SELECT
            "t11"."enrolment",
            "t11"."person",
            "t11"."arm",
            "t11"."start_on",
            "t11"."ends_on",
            "t11"."own_source",
            "t11"."start_source",
            CAST(SUBSTRING(
              "t14"."first",
              CASE WHEN (
                0 + 1
              ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t14"."first") END,
              10
            ) AS DATE) AS "ended_on",
            CASE SUBSTRING(
                "t14"."first",
                CASE WHEN (
                  10 + 1
                ) >= 1 THEN 10 + 1 ELSE 10 + 1 + LENGTH("t14"."first") END,
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
              "t14"."first",
              CASE WHEN (
                11 + 1
              ) >= 1 THEN 11 + 1 ELSE 11 + 1 + LENGTH("t14"."first") END
            ) AS "ending_source"
          FROM (
            SELECT
              "t8".*
              EXCLUDE ("plain_end")
            FROM (
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
                    DATE_DIFF('DAY', GREATEST("t1"."enrolled_on", MAKE_DATE(2020, 7, 1)), MAKE_DATE(2020, 8, 1))
                  ) AS TIMESTAMP) AS DATE)
                  ELSE CAST(CAST("t1"."enrolled_on" + INTERVAL '12' MONTH AS TIMESTAMP) AS DATE)
                END AS "ends_on",
                "t1"."feed" || CASE WHEN "t1"."file" IS NULL THEN '' ELSE '/' || "t1"."file" END || ':' || CAST("t1"."row" AS TEXT) AS "own_source",
                CAST(NULL AS TEXT) AS "start_source"
              FROM "enrolments" AS "t1"
              WHERE
                "t1"."enrolled_on" IS NOT NULL
            ) AS "t8"
          ) AS "t11"
          LEFT OUTER JOIN (
            SELECT
              "t12"."enrolment",
              MIN(
                CAST(GREATEST("t12"."start_on", "t12"."from_on") AS TEXT) || CASE "t12"."kind"
                  WHEN 'death'
                  THEN '0'
                  WHEN 'move'
                  THEN '1'
                  WHEN 'transfer'
                  THEN '2'
                  WHEN 'custody'
                  THEN '3'
                  ELSE CAST(NULL AS TEXT)
                END || "t12"."mark"
              ) AS "first"
            FROM (
              SELECT
                "t11"."enrolment",
                "t11"."person",
                "t11"."arm",
                "t11"."start_on",
                "t11"."ends_on",
                "t11"."own_source",
                "t11"."start_source",
                "t9"."person" AS "person_right",
                "t9"."kind",
                "t9"."from_on",
                "t9"."to_on",
                "t9"."mark"
              FROM (
                SELECT
                  "t8".*
                  EXCLUDE ("plain_end")
                FROM (
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
                        DATE_DIFF('DAY', GREATEST("t1"."enrolled_on", MAKE_DATE(2020, 7, 1)), MAKE_DATE(2020, 8, 1))
                      ) AS TIMESTAMP) AS DATE)
                      ELSE CAST(CAST("t1"."enrolled_on" + INTERVAL '12' MONTH AS TIMESTAMP) AS DATE)
                    END AS "ends_on",
                    "t1"."feed" || CASE WHEN "t1"."file" IS NULL THEN '' ELSE '/' || "t1"."file" END || ':' || CAST("t1"."row" AS TEXT) AS "own_source",
                    CAST(NULL AS TEXT) AS "start_source"
                  FROM "enrolments" AS "t1"
                  WHERE
                    "t1"."enrolled_on" IS NOT NULL
                ) AS "t8"
              ) AS "t11"
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
              ) AS "t9"
                ON "t11"."person" = "t9"."person"
                AND "t9"."from_on" < "t11"."ends_on"
                AND (
                  (
                    "t9"."from_on" >= "t11"."start_on"
                  )
                  OR COALESCE("t9"."to_on" > "t11"."start_on", FALSE)
                )
            ) AS "t12"
            GROUP BY
              1
          ) AS "t14"
            ON "t11"."enrolment" = "t14"."enrolment"
        ) AS "t15"
      ) AS "t16"
    ) AS "t17"
  ) AS "t19"
  LEFT OUTER JOIN (
    SELECT
      "t20"."enrolment",
      COUNT(*) AS "events",
      COUNT(DISTINCT "t20"."on") AS "days_with_one",
      ARRAY_TO_STRING(
        LIST_APPLY(
          LIST_SORT(
            CASE
              WHEN ARRAY_AGG(CAST("t20"."on" AS TEXT) || "t20"."source") FILTER(WHERE
                (
                  CAST("t20"."on" AS TEXT) || "t20"."source"
                ) IS NOT NULL
                AND "t20"."source" <> "t20"."own_source") IS NULL
              THEN NULL
              ELSE LIST_DISTINCT(
                ARRAY_AGG(CAST("t20"."on" AS TEXT) || "t20"."source") FILTER(WHERE
                  (
                    CAST("t20"."on" AS TEXT) || "t20"."source"
                  ) IS NOT NULL
                  AND "t20"."source" <> "t20"."own_source")
              ) + CASE
                WHEN LIST_BOOL_OR(
                  LIST_APPLY(
                    ARRAY_AGG(CAST("t20"."on" AS TEXT) || "t20"."source") FILTER(WHERE
                      (
                        CAST("t20"."on" AS TEXT) || "t20"."source"
                      ) IS NOT NULL
                      AND "t20"."source" <> "t20"."own_source"),
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
    FROM (
      SELECT
        "t19"."enrolment",
        "t19"."person",
        "t19"."arm",
        "t19"."start_on",
        "t19"."ends_on",
        "t19"."own_source",
        "t19"."start_source",
        "t19"."ending",
        "t19"."ending_source",
        "t19"."rule",
        "t19"."closes_on",
        "t19"."last_day",
        "t19"."is_seen",
        "t6"."on",
        "t6"."amount",
        "t6"."source"
      FROM (
        SELECT
          "t17".*
          EXCLUDE ("ended_on")
        FROM (
          SELECT
            "t16"."enrolment",
            "t16"."person",
            "t16"."arm",
            "t16"."start_on",
            "t16"."ends_on",
            "t16"."own_source",
            "t16"."start_source",
            "t16"."ended_on",
            "t16"."ending",
            "t16"."ending_source",
            "t16"."rule",
            "t16"."closes_on",
            CAST(CAST("t16"."ends_on" + INTERVAL '-1' DAY AS TIMESTAMP) AS DATE) AS "last_day",
            "t16"."ends_on" <= MAKE_DATE(2025, 1, 1) AS "is_seen"
          FROM (
            SELECT
              "t15"."enrolment",
              "t15"."person",
              "t15"."arm",
              "t15"."start_on",
              CASE
                WHEN COALESCE(
                  CASE "t15"."ending"
                    WHEN 'death'
                    THEN 'censor'
                    WHEN 'move'
                    THEN 'succeed'
                    WHEN 'custody'
                    THEN 'censor'
                    ELSE CAST(NULL AS TEXT)
                  END = 'stop-the-clock',
                  FALSE
                )
                THEN CASE
                  WHEN "t15"."ended_on" IS NULL
                  THEN "t15"."ends_on"
                  ELSE CAST(CAST("t15"."ended_on" + INTERVAL '1' DAY AS TIMESTAMP) AS DATE)
                END
                ELSE "t15"."ends_on"
              END AS "ends_on",
              "t15"."own_source",
              "t15"."start_source",
              "t15"."ended_on",
              "t15"."ending",
              "t15"."ending_source",
              CASE "t15"."ending"
                WHEN 'death'
                THEN 'censor'
                WHEN 'move'
                THEN 'succeed'
                WHEN 'custody'
                THEN 'censor'
                ELSE CAST(NULL AS TEXT)
              END AS "rule",
              CASE
                WHEN "t15"."ended_on" IS NULL
                THEN "t15"."ends_on"
                ELSE CAST(CAST("t15"."ended_on" + INTERVAL '1' DAY AS TIMESTAMP) AS DATE)
              END AS "closes_on"
            FROM (
              SELECT
                "t11"."enrolment",
                "t11"."person",
                "t11"."arm",
                "t11"."start_on",
                "t11"."ends_on",
                "t11"."own_source",
                "t11"."start_source",
                CAST(SUBSTRING(
                  "t14"."first",
                  CASE WHEN (
                    0 + 1
                  ) >= 1 THEN 0 + 1 ELSE 0 + 1 + LENGTH("t14"."first") END,
                  10
                ) AS DATE) AS "ended_on",
                CASE SUBSTRING(
                    "t14"."first",
                    CASE WHEN (
                      10 + 1
                    ) >= 1 THEN 10 + 1 ELSE 10 + 1 + LENGTH("t14"."first") END,
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
                  "t14"."first",
                  CASE WHEN (
                    11 + 1
                  ) >= 1 THEN 11 + 1 ELSE 11 + 1 + LENGTH("t14"."first") END
                ) AS "ending_source"
              FROM (
                SELECT
                  "t8".*
                  EXCLUDE ("plain_end")
                FROM (
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
                        DATE_DIFF('DAY', GREATEST("t1"."enrolled_on", MAKE_DATE(2020, 7, 1)), MAKE_DATE(2020, 8, 1))
                      ) AS TIMESTAMP) AS DATE)
                      ELSE CAST(CAST("t1"."enrolled_on" + INTERVAL '12' MONTH AS TIMESTAMP) AS DATE)
                    END AS "ends_on",
                    "t1"."feed" || CASE WHEN "t1"."file" IS NULL THEN '' ELSE '/' || "t1"."file" END || ':' || CAST("t1"."row" AS TEXT) AS "own_source",
                    CAST(NULL AS TEXT) AS "start_source"
                  FROM "enrolments" AS "t1"
                  WHERE
                    "t1"."enrolled_on" IS NOT NULL
                ) AS "t8"
              ) AS "t11"
              LEFT OUTER JOIN (
                SELECT
                  "t12"."enrolment",
                  MIN(
                    CAST(GREATEST("t12"."start_on", "t12"."from_on") AS TEXT) || CASE "t12"."kind"
                      WHEN 'death'
                      THEN '0'
                      WHEN 'move'
                      THEN '1'
                      WHEN 'transfer'
                      THEN '2'
                      WHEN 'custody'
                      THEN '3'
                      ELSE CAST(NULL AS TEXT)
                    END || "t12"."mark"
                  ) AS "first"
                FROM (
                  SELECT
                    "t11"."enrolment",
                    "t11"."person",
                    "t11"."arm",
                    "t11"."start_on",
                    "t11"."ends_on",
                    "t11"."own_source",
                    "t11"."start_source",
                    "t9"."person" AS "person_right",
                    "t9"."kind",
                    "t9"."from_on",
                    "t9"."to_on",
                    "t9"."mark"
                  FROM (
                    SELECT
                      "t8".*
                      EXCLUDE ("plain_end")
                    FROM (
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
                            DATE_DIFF('DAY', GREATEST("t1"."enrolled_on", MAKE_DATE(2020, 7, 1)), MAKE_DATE(2020, 8, 1))
                          ) AS TIMESTAMP) AS DATE)
                          ELSE CAST(CAST("t1"."enrolled_on" + INTERVAL '12' MONTH AS TIMESTAMP) AS DATE)
                        END AS "ends_on",
                        "t1"."feed" || CASE WHEN "t1"."file" IS NULL THEN '' ELSE '/' || "t1"."file" END || ':' || CAST("t1"."row" AS TEXT) AS "own_source",
                        CAST(NULL AS TEXT) AS "start_source"
                      FROM "enrolments" AS "t1"
                      WHERE
                        "t1"."enrolled_on" IS NOT NULL
                    ) AS "t8"
                  ) AS "t11"
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
                  ) AS "t9"
                    ON "t11"."person" = "t9"."person"
                    AND "t9"."from_on" < "t11"."ends_on"
                    AND (
                      (
                        "t9"."from_on" >= "t11"."start_on"
                      )
                      OR COALESCE("t9"."to_on" > "t11"."start_on", FALSE)
                    )
                ) AS "t12"
                GROUP BY
                  1
              ) AS "t14"
                ON "t11"."enrolment" = "t14"."enrolment"
            ) AS "t15"
          ) AS "t16"
        ) AS "t17"
      ) AS "t19"
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
        ON "t19"."person" = "t6"."person"
        AND "t6"."on" >= "t19"."start_on"
        AND "t6"."on" < "t19"."closes_on"
    ) AS "t20"
    GROUP BY
      1
  ) AS "t22"
    ON "t19"."enrolment" = "t22"."enrolment"
) AS "t23"
ORDER BY
  "t23"."enrolment" ASC
