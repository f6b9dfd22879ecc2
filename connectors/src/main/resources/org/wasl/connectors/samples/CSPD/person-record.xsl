<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the civil status department: an entry of its register, or one loaded from the Dutch register, as a civil record. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:j="http://www.w3.org/2005/xpath-functions"
    xmlns:f="urn:cspd:functions" xmlns:civil="urn:wasl:civil:1" xmlns:common="urn:wasl:common:1"
    exclude-result-prefixes="xs j f">

  <xsl:variable name="life" select="map { '1': 'ALIVE', '2': 'DECEASED' }"/>
  <xsl:variable name="marital" select="map { '1': 'SINGLE', '2': 'MARRIED', '3': 'DIVORCED', '4': 'WIDOWED' }"/>

  <xsl:template match="/">
    <xsl:variable name="entry" select="answer/rows/row[1]"/>
    <xsl:choose>
      <xsl:when test="$entry/MASDAR = 'NL'">
        <xsl:apply-templates select="$entry/WATHIQA/j:map" mode="nl">
          <xsl:with-param name="entry" select="$entry" tunnel="yes"/>
        </xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="$entry" mode="jo"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- A code that the list does not know passes through marked, so that validation names the field. -->
  <xsl:function name="f:code" as="xs:string">
    <xsl:param name="list" as="map(*)"/>
    <xsl:param name="code" as="xs:string?"/>
    <xsl:sequence select="($list($code), 'CODE-' || $code)[1]"/>
  </xsl:function>

  <!-- Eight digits, with 00 for an unknown day or month and 0000 for an unknown year. -->
  <xsl:function name="f:date" as="element()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="date" as="xs:string"/>
    <xsl:variable name="year" select="substring($date, 1, 4)"/>
    <xsl:variable name="month" select="substring($date, 5, 2)"/>
    <xsl:variable name="day" select="substring($date, 7, 2)"/>
    <xsl:variable name="precision" select="
        if ($year = '0000') then 'UNKNOWN'
        else if ($month = '00') then 'YEAR'
        else if ($day = '00') then 'MONTH'
        else 'DAY'"/>
    <xsl:element name="{$name}">
      <xsl:attribute name="precision" select="$precision"/>
      <xsl:if test="$precision ne 'UNKNOWN'">
        <common:gregorian>
          <xsl:value-of select="
              $year,
              if ($precision = ('MONTH', 'DAY')) then $month else (),
              if ($precision = 'DAY') then $day else ()" separator="-"/>
        </common:gregorian>
      </xsl:if>
    </xsl:element>
  </xsl:function>

  <!-- ===== The register's own entries ===== -->

  <xsl:template match="row" mode="jo">
    <civil:person>
      <xsl:if test="NAW_BAYAN != ''"><xsl:attribute name="synthetic" select="NAW_BAYAN = 'SYNTHETIC'"/></xsl:if>
      <xsl:sequence select="f:national(RAQAM_WATANI)"/>
      <civil:name script="Arab" source="REGISTERED">
        <xsl:sequence select="f:part('givenName', ISM_SHAKHSI), f:part('patronymicName', ISM_AB),
            f:part('grandfatherName', ISM_JADD), f:part('familyName', ISM_AILA),
            f:part('fullName', string-join((ISM_SHAKHSI, ISM_AB, ISM_JADD, ISM_AILA), ' '))"/>
      </civil:name>
      <xsl:if test="LAT_SHAKHSI != ''">
        <civil:name script="Latn" source="{f:code(map { '1': 'REGISTERED', '2': 'TRANSLITERATED' }, LAT_ASL)}">
          <xsl:sequence select="f:part('givenName', LAT_SHAKHSI), f:part('patronymicName', LAT_AB),
              f:part('grandfatherName', LAT_JADD), f:part('familyName', LAT_AILA),
              f:part('fullName', string-join((LAT_SHAKHSI, LAT_AB, LAT_JADD, LAT_AILA), ' '))"/>
        </civil:name>
      </xsl:if>
      <civil:sex><xsl:value-of select="f:sex(JINS)"/></civil:sex>
      <civil:birth>
        <xsl:sequence select="f:date('civil:date', WILADA)"/>
        <civil:place>
          <xsl:sequence select="f:coded('common:governorate', WILADA_RAMZ, WILADA_MUHAFAZA_AR, 'ar'),
              f:coded('common:locality', (), WILADA_LIWA_AR, 'ar')"/>
        </civil:place>
      </civil:birth>
      <civil:status><xsl:value-of select="f:code($life, HALA)"/></civil:status>
      <xsl:if test="WAFAT != ''"><civil:death><xsl:sequence select="f:date('civil:date', WAFAT)"/></civil:death></xsl:if>
      <civil:maritalStatus><xsl:value-of select="f:code($marital, HALA_ZAWJIYA)"/></civil:maritalStatus>
      <xsl:variable name="relatives" select="../row[SILA]"/>
      <xsl:for-each select="$relatives[SILA = ('1', '2')]">
        <civil:parent>
          <xsl:apply-templates select="." mode="relative"/>
          <civil:role><xsl:value-of select="if (SILA = '1') then 'FATHER' else 'MOTHER'"/></civil:role>
        </civil:parent>
      </xsl:for-each>
      <xsl:for-each select="$relatives[SILA = '3']">
        <civil:spouse>
          <xsl:apply-templates select="." mode="relative"/>
          <civil:kind>MARRIAGE</civil:kind>
          <xsl:if test="SILA_TARIKH != ''"><xsl:sequence select="f:date('civil:from', SILA_TARIKH)"/></xsl:if>
          <xsl:if test="SILA_INTIHA != ''"><xsl:sequence select="f:date('civil:until', SILA_INTIHA)"/></xsl:if>
        </civil:spouse>
      </xsl:for-each>
      <xsl:for-each select="$relatives[SILA = '4']">
        <civil:child><xsl:apply-templates select="." mode="relative"/></civil:child>
      </xsl:for-each>
      <xsl:if test="JINSIYA != ''">
        <civil:nationality><civil:country code="{JINSIYA}"/></civil:nationality>
      </xsl:if>
      <civil:registryReference>
        <xsl:sequence select="f:coded('civil:office', (), MAKTAB_AR, 'ar')"/>
        <xsl:if test="RAQM_QAYD != ''"><civil:number><xsl:value-of select="RAQM_QAYD"/></civil:number></xsl:if>
      </civil:registryReference>
      <xsl:if test="SAKAN_MUHAFAZA_AR != ''">
        <civil:address use="RESIDENCE">
          <common:country code="JO"/>
          <xsl:sequence select="f:coded('common:governorate', (), SAKAN_MUHAFAZA_AR, 'ar'),
              f:coded('common:governorate', (), SAKAN_MUHAFAZA_EN, 'en'),
              f:coded('common:liwa', SAKAN_RAMZ, SAKAN_LIWA_AR, 'ar'), f:coded('common:liwa', SAKAN_RAMZ, SAKAN_LIWA_EN, 'en'),
              f:coded('common:locality', (), SAKAN_HAY, 'ar'),
              f:part('street', SAKAN_SHARI), f:part('building', SAKAN_MABNA)"/>
        </civil:address>
      </xsl:if>
      <xsl:if test="QAYD_TADQIQ != ''">
        <civil:quality>
          <common:underInvestigation>true</common:underInvestigation>
          <xsl:sequence select="f:date('common:since', QAYD_TADQIQ)"/>
        </civil:quality>
      </xsl:if>
    </civil:person>
  </xsl:template>

  <xsl:template match="row" mode="relative">
    <xsl:if test="QARIB_RAQAM != ''"><xsl:sequence select="f:national(QARIB_RAQAM)"/></xsl:if>
    <xsl:if test="QARIB_SHAKHSI != ''">
      <civil:name script="Arab" source="REGISTERED">
        <xsl:sequence select="f:part('givenName', QARIB_SHAKHSI), f:part('patronymicName', QARIB_AB),
            f:part('grandfatherName', QARIB_JADD), f:part('familyName', QARIB_AILA)"/>
      </civil:name>
    </xsl:if>
    <xsl:if test="QARIB_JINS != ''"><civil:sex><xsl:value-of select="f:sex(QARIB_JINS)"/></civil:sex></xsl:if>
    <xsl:if test="QARIB_WILADA != ''">
      <civil:birth><xsl:sequence select="f:date('civil:date', QARIB_WILADA)"/></civil:birth>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:sex" as="xs:string">
    <xsl:param name="code" as="xs:string?"/>
    <xsl:sequence select="f:code(map { '1': 'MALE', '2': 'FEMALE' }, $code)"/>
  </xsl:function>

  <xsl:function name="f:national" as="element()">
    <xsl:param name="number" as="xs:string"/>
    <civil:identifier scheme="JO-NAT" issuingCountry="JO"><xsl:value-of select="$number"/></civil:identifier>
  </xsl:function>

  <!-- One part of a name or address; nothing when the register has none. -->
  <xsl:function name="f:part" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:variable name="clean" select="normalize-space($text)"/>
    <xsl:if test="$clean ne ''">
      <xsl:element name="common:{$name}"><xsl:value-of select="$clean"/></xsl:element>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:coded" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="code" as="xs:string?"/>
    <xsl:param name="text" as="xs:string?"/>
    <xsl:param name="language" as="xs:string"/>
    <xsl:variable name="clean" select="normalize-space($text)"/>
    <xsl:if test="$clean ne ''">
      <xsl:element name="{$name}">
        <xsl:if test="$code ne ''"><xsl:attribute name="code" select="$code"/></xsl:if>
        <xsl:attribute name="lang" select="$language"/>
        <xsl:value-of select="$clean"/>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <!-- ===== Entries loaded from the Dutch register, in its own words ===== -->

  <xsl:template match="j:map" mode="nl">
    <xsl:param name="entry" as="element()" tunnel="yes"/>
    <civil:person synthetic="{$entry/NAW_BAYAN = 'TEST-BRP'}">
      <xsl:sequence select="f:numbers(.)"/>
      <xsl:sequence select="f:name(., .)"/>
      <civil:sex><xsl:value-of select="f:geslacht(.)"/></civil:sex>
      <xsl:sequence select="f:event('civil:birth', f:map(., 'geboorte'))"/>
      <civil:status><xsl:value-of select="f:code($life, $entry/HALA)"/></civil:status>
      <xsl:sequence select="f:event('civil:death', f:map(., 'overlijden'))"/>
      <xsl:variable name="bonds" select="f:maps(., 'partners')"/>
      <xsl:variable name="standing" select="$bonds[not(f:map(., 'ontbindingHuwelijkPartnerschap'))][1]"/>
      <xsl:if test="$bonds">
        <!-- An ended bond does not say whether by divorce or death, so neither do we. -->
        <civil:maritalStatus>
          <xsl:value-of select="if (not($standing)) then 'UNKNOWN' else
              if (f:text(f:map($standing, 'soortVerbintenis'), 'code') = 'P') then 'REGISTERED_PARTNERSHIP' else 'MARRIED'"/>
        </civil:maritalStatus>
      </xsl:if>
      <!-- A parent whom nobody knows is entered as a number without name or date: it is left out. -->
      <xsl:for-each select="f:maps(., 'ouders')[f:known(.)]">
        <civil:parent>
          <xsl:sequence select="f:relative(.)"/>
          <civil:role>
            <xsl:value-of select="(map { 'M': 'FATHER', 'V': 'MOTHER' }(f:text(f:map(., 'geslacht'), 'code')), 'PARENT')[1]"/>
          </civil:role>
          <xsl:sequence select="f:dated('civil:since', f:text(., 'datumIngangFamilierechtelijkeBetrekking'))"/>
        </civil:parent>
      </xsl:for-each>
      <xsl:for-each select="$bonds">
        <xsl:variable name="begin" select="f:map(., 'aangaanHuwelijkPartnerschap')"/>
        <xsl:variable name="end" select="f:map(., 'ontbindingHuwelijkPartnerschap')"/>
        <civil:spouse>
          <xsl:sequence select="f:relative(.)"/>
          <civil:kind>
            <xsl:value-of select="f:code(map { 'H': 'MARRIAGE', 'P': 'REGISTERED_PARTNERSHIP' },
                f:text(f:map(., 'soortVerbintenis'), 'code'))"/>
          </civil:kind>
          <xsl:sequence select="f:dated('civil:from', f:text($begin, 'datum')), f:place('civil:place', $begin),
              f:dated('civil:until', f:text($end, 'datum'))"/>
          <xsl:if test="$end"><civil:endReason>UNKNOWN</civil:endReason></xsl:if>
        </civil:spouse>
      </xsl:for-each>
      <xsl:for-each select="f:maps(., 'kinderen')[f:known(.)]">
        <civil:child><xsl:sequence select="f:relative(.)"/></civil:child>
      </xsl:for-each>
      <xsl:for-each select="f:maps(., 'nationaliteiten')">
        <civil:nationality>
          <xsl:sequence select="f:listed('civil:country', f:map(., 'nationaliteit'), 'NL-RVIG32'),
              f:dated('civil:from', f:text(., 'datumIngangGeldigheid')),
              f:listed('civil:reason', f:map(., 'redenOpname'), 'NL-RVIG37'),
              f:doubt('civil:quality', f:map(., 'inOnderzoek'))"/>
        </civil:nationality>
      </xsl:for-each>
      <civil:registryReference>
        <xsl:sequence select="f:listed('civil:office', f:map(., 'gemeenteVanInschrijving'), 'NL-RVIG33'),
            f:dated('civil:registered', f:text(., 'datumInschrijvingInGemeente'))"/>
        <xsl:for-each select="f:map(., 'opschortingBijhouding')">
          <civil:suspension>
            <xsl:sequence select="f:listed('civil:reason', f:map(., 'reden'), 'NL-OPSCHORTING'),
                f:dated('civil:since', f:text(., 'datum'))"/>
          </civil:suspension>
        </xsl:for-each>
      </civil:registryReference>
      <xsl:apply-templates select="f:map(., 'verblijfplaats')" mode="address"/>
      <xsl:for-each select="f:map(., 'immigratie')[j:*]">
        <civil:immigration>
          <xsl:sequence select="f:listed('civil:country', f:map(., 'landVanwaarIngeschreven'), 'NL-RVIG34'),
              f:dated('civil:date', f:text(., 'datumVestigingInNederland'))"/>
        </civil:immigration>
      </xsl:for-each>
      <xsl:if test="f:text(., 'geheimhoudingPersoonsgegevens') != ('', '0')">
        <civil:disclosureRestricted>true</civil:disclosureRestricted>
      </xsl:if>
      <xsl:sequence select="(f:map(., 'persoonInOnderzoek'), f:map(., 'gezagInOnderzoek')) ! f:doubt('civil:quality', .)"/>
    </civil:person>
  </xsl:template>

  <xsl:template match="j:map" mode="address">
    <civil:address>
      <xsl:variable name="use" select="map { 'W': 'RESIDENCE', 'B': 'POSTAL' }(f:text(f:map(., 'functieAdres'), 'code'))"/>
      <xsl:if test="$use"><xsl:attribute name="use" select="$use"/></xsl:if>
      <xsl:sequence select="f:listed('common:country', f:map(., 'land'), 'NL-RVIG34'),
          f:coded('common:locality', (), f:text(., 'woonplaats'), 'nl'),
          f:part('street', (f:text(., 'naamOpenbareRuimte')[. ne ''], f:text(., 'straat'))[1]),
          f:part('building', string-join((f:text(f:map(., 'aanduidingBijHuisnummer'), 'omschrijving'),
              f:text(., 'huisnummer') || f:text(., 'huisletter'), f:text(., 'huisnummertoevoeging'))[. ne ''], ' ')),
          f:part('postCode', f:text(., 'postcode')),
          ('regel1', 'regel2', 'regel3') ! f:part('line', f:text(current(), .)),
          f:part('description', f:text(., 'locatiebeschrijving')),
          f:dated('common:since', (f:text(., 'datumAanvangAdreshouding')[. ne ''],
              f:text(., 'datumAanvangAdresBuitenland'))[1]),
          f:doubt('common:quality', f:map(., 'inOnderzoek'))"/>
    </civil:address>
  </xsl:template>

  <xsl:function name="f:text" as="xs:string">
    <xsl:param name="map" as="element()?"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="normalize-space($map/j:*[@key = $key][not(self::j:map or self::j:array)])"/>
  </xsl:function>

  <xsl:function name="f:map" as="element()?">
    <xsl:param name="map" as="element()?"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="$map/j:map[@key = $key]"/>
  </xsl:function>

  <xsl:function name="f:maps" as="element()*">
    <xsl:param name="map" as="element()?"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="$map/j:array[@key = $key]/j:map"/>
  </xsl:function>

  <xsl:function name="f:numbers" as="element()*">
    <xsl:param name="person" as="element()"/>
    <xsl:if test="f:text($person, 'burgerservicenummer') ne ''">
      <civil:identifier scheme="NL-BSN" issuingCountry="NL"><xsl:value-of select="f:text($person, 'burgerservicenummer')"/></civil:identifier>
    </xsl:if>
    <xsl:if test="f:text($person, 'aNummer') ne ''">
      <civil:identifier scheme="NL-ANR" issuingCountry="NL"><xsl:value-of select="f:text($person, 'aNummer')"/></civil:identifier>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:known" as="xs:boolean">
    <xsl:param name="relative" as="element()"/>
    <xsl:variable name="name" select="f:map($relative, 'naam')"/>
    <xsl:sequence select="f:text($name, 'voornamen') ne '' or not(f:text($name, 'geslachtsnaam') = ('', '.'))
        or f:text($relative, 'burgerservicenummer') ne ''"/>
  </xsl:function>

  <xsl:function name="f:name" as="element()?">
    <xsl:param name="person" as="element()"/>
    <xsl:param name="owner" as="element()?"/>
    <xsl:variable name="name" select="f:map($person, 'naam')"/>
    <!-- The register writes a full stop for a family name that nobody knows. -->
    <xsl:variable name="family" select="f:text($name, 'geslachtsnaam')[. ne '.']"/>
    <xsl:variable name="parts" select="f:part('givenName', f:text($name, 'voornamen')),
        f:part('familyNamePrefix', f:text($name, 'voorvoegsel')),
        f:part('familyName', $family),
        f:part('fullName', string-join((f:text($name, 'voornamen'), f:text($name, 'voorvoegsel'), $family)[. ne ''], ' ')),
        f:listed('common:nobleTitle', f:map($name, 'adellijkeTitelPredicaat'), 'NL-RVIG38'),
        if ($owner) then f:listed('common:nameUsage', f:map($name, 'aanduidingNaamgebruik'), 'NL-NAAMGEBRUIK') else ()"/>
    <xsl:if test="$parts">
      <civil:name script="Latn" source="REGISTERED"><xsl:sequence select="$parts"/></civil:name>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:geslacht" as="xs:string">
    <xsl:param name="person" as="element()"/>
    <xsl:variable name="code" select="f:text(f:map($person, 'geslacht'), 'code')"/>
    <xsl:sequence select="if ($code = '') then 'UNKNOWN'
        else f:code(map { 'M': 'MALE', 'V': 'FEMALE', 'O': 'UNKNOWN' }, $code)"/>
  </xsl:function>

  <xsl:function name="f:relative" as="element()*">
    <xsl:param name="relative" as="element()"/>
    <xsl:sequence select="f:numbers($relative), f:name($relative, ())"/>
    <xsl:if test="f:map($relative, 'geslacht')">
      <civil:sex><xsl:value-of select="f:geslacht($relative)"/></civil:sex>
    </xsl:if>
    <xsl:sequence select="f:event('civil:birth', f:map($relative, 'geboorte')),
        f:doubt('civil:quality', f:map($relative, 'inOnderzoek'))"/>
  </xsl:function>

  <xsl:function name="f:event" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="event" as="element()?"/>
    <xsl:if test="$event/j:*">
      <xsl:element name="{$name}">
        <xsl:sequence select="f:dated('civil:date', f:text($event, 'datum')), f:place('civil:place', $event),
            f:doubt('civil:quality', f:map($event, 'inOnderzoek'))"/>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:place" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="event" as="element()?"/>
    <xsl:if test="$event/j:map[@key = ('land', 'plaats')]/j:*">
      <xsl:element name="{$name}">
        <xsl:sequence select="f:listed('common:country', f:map($event, 'land'), 'NL-RVIG34'),
            f:listed('common:locality', f:map($event, 'plaats'), 'NL-RVIG33')"/>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:dated" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="date" as="xs:string?"/>
    <xsl:if test="$date ne ''"><xsl:sequence select="f:date($name, $date)"/></xsl:if>
  </xsl:function>

  <!-- A code with its word, from one of the register's lists. -->
  <xsl:function name="f:listed" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value" as="element()?"/>
    <xsl:param name="list" as="xs:string"/>
    <xsl:if test="$value/j:*">
      <xsl:element name="{$name}">
        <xsl:if test="f:text($value, 'code') ne ''">
          <xsl:attribute name="code" select="f:text($value, 'code')"/>
          <xsl:attribute name="scheme" select="$list"/>
        </xsl:if>
        <xsl:if test="f:text($value, 'omschrijving') ne ''">
          <xsl:attribute name="lang" select="'nl'"/>
          <xsl:value-of select="f:text($value, 'omschrijving')"/>
        </xsl:if>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:doubt" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="doubt" as="element()?"/>
    <xsl:if test="$doubt/j:*">
      <xsl:element name="{$name}">
        <common:underInvestigation>true</common:underInvestigation>
        <xsl:sequence select="f:dated('common:since', f:text($doubt, 'datumIngangOnderzoek'))"/>
        <common:subject code="{f:text($doubt, 'aanduidingGegevensInOnderzoek')}" scheme="NL-LOGISCHONTWERP"/>
      </xsl:element>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
