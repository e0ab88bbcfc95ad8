-- Days that an estate, or the company for all its estates, has entered over the calendar of the product.

-- A year's days stand or fall together: one version, one confirmation.
CREATE TABLE calendar_years (
    id uuid PRIMARY KEY,
    -- Null: of the company, for all estates.
    estate_id uuid CONSTRAINT calendar_years_estate_fk REFERENCES estates (id),
    year integer NOT NULL,
    reason text NOT NULL,
    entered_by uuid NOT NULL,
    entered_at timestamptz NOT NULL,
    confirmed_by uuid,
    confirmed_at timestamptz,
    version integer NOT NULL,
    CONSTRAINT calendar_years_estate_year_key UNIQUE NULLS NOT DISTINCT (estate_id, year),
    CONSTRAINT calendar_years_year_check CHECK (year BETWEEN 2000 AND 2100),
    CONSTRAINT calendar_years_confirmed_check CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
);

CREATE TABLE calendar_days (
    id uuid PRIMARY KEY,
    estate_id uuid CONSTRAINT calendar_days_estate_fk REFERENCES estates (id),
    date date NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    CONSTRAINT calendar_days_estate_date_key UNIQUE NULLS NOT DISTINCT (estate_id, date),
    CONSTRAINT calendar_days_kind_check CHECK (kind IN ('workday', 'make_up_workday', 'weekend', 'holiday'))
);
