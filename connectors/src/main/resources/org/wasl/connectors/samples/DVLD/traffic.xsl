<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the drivers and vehicles department: its JSON as traffic records. Money comes as whole fils. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:j="http://www.w3.org/2005/xpath-functions"
    xmlns:f="urn:dvld:functions" xmlns:traffic="urn:wasl:traffic:1" xmlns:common="urn:wasl:common:1"
    exclude-result-prefixes="xs j f">

  <xsl:variable name="today" select="xs:date(substring(/j:map/j:string[@key = 'serverTime'], 1, 10))"/>

  <xsl:template match="/j:map[j:array[@key = 'violations']]" priority="1">
    <traffic:fines>
      <xsl:sequence select="f:synthetic(.)"/>
      <!-- Of a vehicle's fines: whose it is. -->
      <xsl:apply-templates select="j:array[@key = 'owners']/j:map" mode="owner"/>
      <xsl:apply-templates select="j:array[@key = 'violations']/j:map" mode="fine"/>
      <traffic:openCount>
        <xsl:value-of select="count(j:array[@key = 'violations']/j:map[j:string[@key = 'state'] = 'UNPAID'])"/>
      </traffic:openCount>
      <xsl:sequence select="f:money('traffic:totalDue', j:number[@key = 'unpaidFils'])"/>
    </traffic:fines>
  </xsl:template>

  <xsl:template match="/j:map[j:array[@key = 'vehicles']]" priority="1">
    <traffic:vehicles>
      <xsl:sequence select="f:synthetic(.)"/>
      <xsl:apply-templates select="j:array[@key = 'vehicles']/j:map" mode="vehicle"/>
      <traffic:count><xsl:value-of select="j:number[@key = 'count']"/></traffic:count>
    </traffic:vehicles>
  </xsl:template>

  <xsl:template match="/j:map">
    <xsl:apply-templates select="." mode="vehicle"/>
  </xsl:template>

  <xsl:template match="j:map" mode="vehicle">
    <traffic:vehicle>
      <xsl:sequence select="f:synthetic(.)"/>
      <xsl:apply-templates select="j:map[@key = 'plate']" mode="plate"/>
      <traffic:vin><xsl:value-of select="f:text(., 'chassisNo')"/></traffic:vin>
      <traffic:make><xsl:value-of select="f:text(j:map[@key = 'maker'], 'en')"/></traffic:make>
      <traffic:model><xsl:value-of select="f:text(., 'model')"/></traffic:model>
      <traffic:year><xsl:value-of select="j:number[@key = 'modelYear']"/></traffic:year>
      <xsl:sequence select="f:arabic('traffic:colour', j:map[@key = 'colour'])"/>
      <xsl:apply-templates select="j:array[@key = 'owners']/j:map" mode="owner"/>
      <xsl:apply-templates select="j:map[@key = ('licence', 'insurance', 'inspection')]" mode="paper">
        <xsl:sort select="index-of(('licence', 'insurance', 'inspection'), @key)"/>
      </xsl:apply-templates>
      <xsl:apply-templates select="j:array[@key = 'holds']/j:map" mode="hold"/>
      <xsl:for-each select="j:array[@key = 'liens']/j:map">
        <traffic:lien>
          <traffic:kind>MORTGAGE</traffic:kind>
          <xsl:sequence select="f:arabic('traffic:holder', j:map[@key = 'holder']),
              f:money('traffic:amount', j:number[@key = 'outstandingFils']), f:since(f:text(., 'since'))"/>
        </traffic:lien>
      </xsl:for-each>
    </traffic:vehicle>
  </xsl:template>

  <xsl:template match="j:map" mode="owner">
    <traffic:owner>
      <!-- The old file has no number for some owners. -->
      <xsl:for-each select="j:string[@key = 'nid']">
        <common:identifier scheme="JO-NAT" issuingCountry="JO"><xsl:value-of select="."/></common:identifier>
      </xsl:for-each>
      <common:name script="Arab" source="REGISTERED">
        <common:fullName><xsl:value-of select="f:text(., 'name')"/></common:fullName>
      </common:name>
      <xsl:for-each select="j:map[@key = 'share']">
        <traffic:share numerator="{j:number[@key = 'num']}" denominator="{j:number[@key = 'den']}"/>
      </xsl:for-each>
    </traffic:owner>
  </xsl:template>

  <xsl:template match="j:map[@key = 'licence']" mode="paper">
    <traffic:licence>
      <traffic:issued><xsl:value-of select="f:text(., 'from')"/></traffic:issued>
      <traffic:validUntil><xsl:value-of select="f:text(., 'to')"/></traffic:validUntil>
      <traffic:status><xsl:value-of select="f:text(., 'state')"/></traffic:status>
    </traffic:licence>
  </xsl:template>

  <xsl:template match="j:map[@key = 'insurance']" mode="paper">
    <traffic:insurance>
      <xsl:sequence select="f:arabic('traffic:company', j:map[@key = 'company'])"/>
      <traffic:policyNumber><xsl:value-of select="f:text(., 'policyNo')"/></traffic:policyNumber>
      <traffic:kind><xsl:value-of select="f:text(., 'kind')"/></traffic:kind>
      <traffic:validUntil><xsl:value-of select="f:text(., 'to')"/></traffic:validUntil>
      <traffic:status><xsl:value-of select="if (xs:date(f:text(., 'to')) ge $today) then 'VALID' else 'EXPIRED'"/></traffic:status>
    </traffic:insurance>
  </xsl:template>

  <xsl:template match="j:map[@key = 'inspection']" mode="paper">
    <traffic:inspection>
      <!-- A pass that has run out must not read as passed. -->
      <traffic:result>
        <xsl:value-of select="
            if (f:text(., 'result') = 'PASS') then (if (xs:date(f:text(., 'to')) ge $today) then 'PASSED' else 'DUE')
            else f:code(map { 'FAIL': 'FAILED' }, f:text(., 'result'))"/>
      </traffic:result>
      <traffic:date><xsl:value-of select="f:text(., 'on')"/></traffic:date>
      <xsl:for-each select="j:string[@key = 'to']">
        <traffic:validUntil><xsl:value-of select="."/></traffic:validUntil>
      </xsl:for-each>
    </traffic:inspection>
  </xsl:template>

  <xsl:template match="j:map" mode="hold">
    <traffic:restriction>
      <traffic:kind>
        <xsl:value-of select="f:code(map { 'COURT_ATTACHMENT': 'SEIZURE', 'UNPAID_FINES': 'LICENSING_BAN',
            'CUSTOMS': 'TRANSFER_BAN', 'DECEASED_OWNER': 'TRANSFER_BAN' }, f:text(., 'kind'))"/>
      </traffic:kind>
      <xsl:sequence select="f:label(j:map[@key = 'text'])"/>
      <xsl:for-each select="j:string[@key = 'reference'][. ne '']">
        <!-- A court's reference is court/year/number/type; others have a number only. -->
        <xsl:variable name="parts" select="tokenize(., '/')"/>
        <traffic:case>
          <xsl:choose>
            <xsl:when test="count($parts) = 4">
              <common:court code="{$parts[1]}"/>
              <common:year><xsl:value-of select="$parts[2]"/></common:year>
              <common:number><xsl:value-of select="$parts[3]"/></common:number>
              <common:type lang="ar"><xsl:value-of select="$parts[4]"/></common:type>
            </xsl:when>
            <xsl:otherwise>
              <common:number><xsl:value-of select="."/></common:number>
            </xsl:otherwise>
          </xsl:choose>
        </traffic:case>
      </xsl:for-each>
      <xsl:sequence select="f:since(f:text(., 'since'))"/>
      <traffic:blocking>true</traffic:blocking>
    </traffic:restriction>
  </xsl:template>

  <xsl:template match="j:map" mode="fine">
    <xsl:variable name="status" select="f:code(map { 'UNPAID': 'OPEN', 'SETTLED': 'PAID', 'CONTESTED': 'OBJECTED',
        'VOID': 'CANCELLED', 'REFERRED': 'COURT' }, f:text(., 'state'))"/>
    <traffic:fine>
      <traffic:ticket><xsl:value-of select="f:text(., 'ticketNo')"/></traffic:ticket>
      <xsl:for-each select="j:map[@key = 'issuer']">
        <traffic:authority code="{f:text(., 'code')}" lang="ar"><xsl:value-of select="f:text(., 'ar')"/></traffic:authority>
      </xsl:for-each>
      <xsl:apply-templates select="j:map[@key = 'plate']" mode="plate"/>
      <traffic:at><xsl:value-of select="f:text(., 'at')"/></traffic:at>
      <traffic:article><xsl:value-of select="f:text(., 'article')"/></traffic:article>
      <xsl:sequence select="f:label(j:map[@key = 'text']), f:money('traffic:amount', j:number[@key = 'amountFils']),
          f:money('traffic:discount', j:number[@key = 'discountFils'])"/>
      <xsl:sequence select="f:money('traffic:due', if ($status = ('PAID', 'CANCELLED')) then 0
          else number(j:number[@key = 'amountFils']) - number(j:number[@key = 'discountFils']))"/>
      <traffic:status><xsl:value-of select="$status"/></traffic:status>
    </traffic:fine>
  </xsl:template>

  <xsl:template match="j:map" mode="plate">
    <traffic:plate country="JO">
      <common:code><xsl:value-of select="f:text(., 'code')"/></common:code>
      <common:number><xsl:value-of select="f:text(., 'no')"/></common:number>
    </traffic:plate>
  </xsl:template>

  <xsl:function name="f:text" as="xs:string">
    <xsl:param name="map" as="element()?"/>
    <xsl:param name="key" as="xs:string"/>
    <xsl:sequence select="normalize-space($map/j:string[@key = $key])"/>
  </xsl:function>

  <!-- A code that the list does not know passes through marked, so that validation names the field. -->
  <xsl:function name="f:code" as="xs:string">
    <xsl:param name="list" as="map(*)"/>
    <xsl:param name="code" as="xs:string"/>
    <xsl:sequence select="($list($code), 'CODE-' || $code)[1]"/>
  </xsl:function>

  <xsl:function name="f:synthetic" as="attribute()?">
    <xsl:param name="map" as="element()"/>
    <xsl:if test="$map/j:string[@key = 'remark'] = 'SYNTHETIC'"><xsl:attribute name="synthetic" select="true()"/></xsl:if>
  </xsl:function>

  <xsl:function name="f:money" as="element()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="fils"/>
    <xsl:element name="{$name}">
      <xsl:attribute name="currency" select="'JOD'"/>
      <xsl:value-of select="format-number(xs:decimal($fils) div 1000, '0.000')"/>
    </xsl:element>
  </xsl:function>

  <xsl:function name="f:arabic" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="label" as="element()?"/>
    <xsl:if test="f:text($label, 'ar') ne ''">
      <xsl:element name="{$name}">
        <xsl:attribute name="lang" select="'ar'"/>
        <xsl:value-of select="f:text($label, 'ar')"/>
      </xsl:element>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:label" as="element()?">
    <xsl:param name="label" as="element()?"/>
    <xsl:if test="$label">
      <traffic:label>
        <common:ar><xsl:value-of select="f:text($label, 'ar')"/></common:ar>
        <common:en><xsl:value-of select="f:text($label, 'en')"/></common:en>
      </traffic:label>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:since" as="element()?">
    <xsl:param name="date" as="xs:string"/>
    <xsl:if test="$date ne ''">
      <traffic:since precision="DAY"><common:gregorian><xsl:value-of select="$date"/></common:gregorian></traffic:since>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
