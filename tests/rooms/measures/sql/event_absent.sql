SELECT
  "t19"."enrolment",
  "t19"."person",
  "t19"."arm",
  "t19"."start_on",
  "t19"."last_day",
  CASE
    WHEN NOT (
      "t19"."is_seen"
    )
    THEN CAST(NULL AS BIGINT)
    WHEN "t19"."events" > 0
    THEN 0
    WHEN "t19"."rule" = 'censor'
    THEN CAST(NULL AS BIGINT)
    WHEN "t19"."rule" = 'fail'
    THEN 0
    ELSE 1
  END AS "quantity",
  CASE
    WHEN NOT (
      "t19"."is_seen"
    )
    THEN 'not-yet-observed'
    WHEN NOT (
      "t19"."events" > 0
    ) AND COALESCE("t19"."rule" = 'censor', FALSE)
    THEN "t19"."ending"
    ELSE 'known'
  END AS "status",
  "t19"."source"
FROM (
  SELECT
    "t18"."enrolment",
    "t18"."person",
    "t18"."arm",
    "t18"."start_on",
    "t18"."ends_on",
    "t18"."own_source",
    "t18"."ended_on",
    "t18"."ending",
    "t18"."ending_source",
    "t18"."events",
    "t18"."days_with_one",
    "t18"."event_sources",
    "t18"."own_source" || CASE
      WHEN "t18"."ending_source" IS NULL
      THEN ''
      ELSE ';' || "t18"."ending_source"
    END || CASE
      WHEN "t18"."event_sources" IS NULL
      THEN ''
      ELSE ';' || "t18"."event_sources"
    END AS "source",
    CASE "t18"."ending"
      WHEN 'death'
      THEN 'fail'
      WHEN 'move'
      THEN 'censor'
      WHEN 'custody'
      THEN 'censor'
      ELSE CAST(NULL AS TEXT)
    END AS "rule",
    CAST(CAST("t18"."ends_on" - INTERVAL '1' DAY AS TIMESTAMP) AS DATE) AS "last_day",
    "t18"."ends_on" <= MAKE_DATE(2025, 1, 1) AS "is_seen"
  FROM (
    SELECT
      "t17"."enrolment",
      "t17"."person",
      "t17"."arm",
      "t17"."start_on",
      "t17"."ends_on",
      "t17"."own_source",
      "t17"."ended_on",
      "t17"."ending",
      "t17"."ending_source",
      COUNT("t17"."happened_on") AS "events",
      COUNT(DISTINCT "t17"."happened_on") AS "days_with_one",
      LISTAGG(
        
          "t17"."event_source",
          ';' ORDER BY "t17"."happened_on" ASC, "t17"."feed" ASC, "t17"."row" ASC
        
      ) FILTER(WHERE
        "t17"."event_source" <> "t17"."own_source") AS "event_sources"
    FROM (
      SELECT
        "t16".*
        EXCLUDE ("person_right")
      FROM (
        SELECT
          "t15"."enrolment",
          "t15"."person",
          "t15"."arm",
          "t15"."start_on",
          "t15"."ends_on",
          "t15"."own_source",
          "t15"."ended_on",
          "t15"."ending",
          "t15"."ending_source",
          "t7"."person" AS "person_right",
          "t7"."happened_on",
          "t7"."feed",
          "t7"."row",
          "t7"."event_source"
        FROM (
          SELECT
            "t13"."enrolment",
            "t13"."person",
            "t13"."arm",
            "t13"."start_on",
            "t13"."ends_on",
            "t13"."own_source",
            MIN("t13"."on") AS "ended_on",
            FIRST("t13"."kind" ORDER BY "t13"."order" ASC, "t13"."ending_source" ASC) FILTER(WHERE
              "t13"."kind" IS NOT NULL) AS "ending",
            FIRST("t13"."ending_source" ORDER BY "t13"."order" ASC, "t13"."ending_source" ASC) FILTER(WHERE
              "t13"."ending_source" IS NOT NULL) AS "ending_source"
          FROM (
            SELECT
              "t12"."enrolment",
              "t12"."person",
              "t12"."arm",
              "t12"."start_on",
              "t12"."ends_on",
              "t12"."own_source",
              "t12"."kind",
              "t12"."from_on",
              "t12"."to_on",
              "t12"."is_stay",
              "t12"."ending_source",
              CASE
                WHEN "t12"."from_on" IS NULL
                THEN CAST(NULL AS DATE)
                ELSE GREATEST("t12"."start_on", "t12"."from_on")
              END AS "on",
              (
                DATE_DIFF(
                  'DAY',
                  "t12"."start_on",
                  CASE
                    WHEN "t12"."from_on" IS NULL
                    THEN CAST(NULL AS DATE)
                    ELSE GREATEST("t12"."start_on", "t12"."from_on")
                  END
                ) * 4
              ) + CASE "t12"."kind"
                WHEN 'death'
                THEN 0
                WHEN 'move'
                THEN 1
                WHEN 'transfer'
                THEN 2
                WHEN 'custody'
                THEN 3
                ELSE CAST(NULL AS TINYINT)
              END AS "order"
            FROM (
              SELECT
                "t11".*
                EXCLUDE ("person_right")
              FROM (
                SELECT
                  "t10"."enrolment",
                  "t10"."person",
                  "t10"."arm",
                  "t10"."start_on",
                  "t10"."ends_on",
                  "t10"."own_source",
                  "t8"."person" AS "person_right",
                  "t8"."kind",
                  "t8"."from_on",
                  "t8"."to_on",
                  "t8"."is_stay",
                  "t8"."ending_source"
                FROM (
                  SELECT
                    "t1"."enrolment",
                    "t1"."person",
                    "t1"."arm",
                    "t1"."enrolled_on" AS "start_on",
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
                    "t1"."feed" || ':' || CAST("t1"."row" AS TEXT) AS "own_source"
                  FROM "enrolments" AS "t1"
                  WHERE
                    "t1"."enrolled_on" IS NOT NULL
                ) AS "t10"
                LEFT OUTER JOIN (
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t0"."person",
                      "t0"."kind",
                      "t0"."happened_on" AS "from_on",
                      CAST(NULL AS DATE) AS "to_on",
                      FALSE AS "is_stay",
                      "t0"."feed" || ':' || CAST("t0"."row" AS TEXT) AS "ending_source"
                    FROM "events" AS "t0"
                    WHERE
                      "t0"."kind" IN ('death', 'move', 'transfer')
                  ) AS "t3"
                  UNION ALL
                  SELECT
                    *
                  FROM (
                    SELECT
                      "t2"."person",
                      "t2"."state" AS "kind",
                      "t2"."start_on" AS "from_on",
                      "t2"."end_on" AS "to_on",
                      TRUE AS "is_stay",
                      "t2"."feed" || ':' || CAST("t2"."row" AS TEXT) AS "ending_source"
                    FROM "spells" AS "t2"
                    WHERE
                      "t2"."state" = 'custody'
                  ) AS "t4"
                ) AS "t8"
                  ON "t10"."person" = "t8"."person"
                  AND "t8"."from_on" < "t10"."ends_on"
                  AND (
                    (
                      "t8"."from_on" >= "t10"."start_on"
                    )
                    OR (
                      "t8"."is_stay"
                      AND (
                        (
                          "t8"."to_on" IS NULL
                        ) OR (
                          "t8"."to_on" > "t10"."start_on"
                        )
                      )
                    )
                  )
              ) AS "t11"
            ) AS "t12"
          ) AS "t13"
          GROUP BY
            1,
            2,
            3,
            4,
            5,
            6
        ) AS "t15"
        LEFT OUTER JOIN (
          SELECT
            "t0"."person",
            "t0"."happened_on",
            "t0"."feed",
            "t0"."row",
            "t0"."feed" || ':' || CAST("t0"."row" AS TEXT) AS "event_source"
          FROM "events" AS "t0"
          WHERE
            "t0"."kind" = 'arrest'
            AND NOT (
              (
                "t0"."happened_on" >= MAKE_DATE(2020, 3, 16)
              )
              AND (
                "t0"."happened_on" < MAKE_DATE(2020, 6, 1)
              )
            )
        ) AS "t7"
          ON "t15"."person" = "t7"."person"
          AND "t7"."happened_on" >= "t15"."start_on"
          AND "t7"."happened_on" < "t15"."ends_on"
          AND (
            (
              "t15"."ended_on" IS NULL
            ) OR (
              "t7"."happened_on" <= "t15"."ended_on"
            )
          )
      ) AS "t16"
    ) AS "t17"
    GROUP BY
      1,
      2,
      3,
      4,
      5,
      6,
      7,
      8,
      9
  ) AS "t18"
) AS "t19"
ORDER BY
  "t19"."enrolment" ASC
