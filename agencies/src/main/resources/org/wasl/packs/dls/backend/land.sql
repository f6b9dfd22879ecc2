-- The land department's own register. What is not linked to a national number has owners by name only.
CREATE SCHEMA TAPU;
CREATE VIEW TAPU.DEED AS
    SELECT IDX, DIRECTORATE, DIRECTORATE_NAME, VILLAGE, BASIN, PARCEL, LAND_USE, UNDIVIDED,
           -- One title in eleven is mortgaged, and that of the person who owes.
           CASE WHEN PERSONA = 'FINED' OR (PERSONA IS NULL AND MOD(IDX, 11) = 3) THEN 'M' END AS CHARGE
    FROM POPULATION.TITLE;
CREATE VIEW TAPU.OWNER AS
    SELECT TITLE, POSITION, NUMBER, NAME, NUMERATOR, DENOMINATOR FROM POPULATION.TITLE_OWNER;
