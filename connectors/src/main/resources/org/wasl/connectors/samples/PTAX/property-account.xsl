<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the property tax directorate: its SOAP reply as property records. Amounts are JOD with three digits. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="urn:ptax:functions"
    xmlns:property="urn:wasl:property:1" xmlns:common="urn:wasl:common:1" exclude-result-prefixes="xs f">

  <xsl:variable name="uses" select="map { 'R': 'RESIDENTIAL', 'C': 'COMMERCIAL', 'L': 'LAND' }"/>
  <xsl:variable name="blockers" select="map { 'DUES': 'DUES', 'UNDIVIDED': 'SHARES_UNDIVIDED' }"/>

  <xsl:template match="/">
    <xsl:apply-templates select="//accounts[1]"/>
  </xsl:template>

  <xsl:template match="accounts">
    <property:accounts>
      <xsl:if test="account/note = 'SYNTHETIC'"><xsl:attribute name="synthetic" select="true()"/></xsl:if>
      <xsl:apply-templates select="account"/>
      <property:totalDue currency="JOD">
        <xsl:value-of select="f:amount(sum(account/totalDue[xs:decimal(.) gt 0]/xs:decimal(.)))"/>
      </property:totalDue>
      <xsl:sequence select="f:clearance(account)"/>
    </property:accounts>
  </xsl:template>

  <xsl:template match="account">
    <property:account>
      <property:number><xsl:value-of select="accountNo"/></property:number>
      <property:parcel>
        <common:directorate code="{directorateCode}" lang="ar"><xsl:value-of select="directorateName"/></common:directorate>
        <common:village code="{villageCode}" lang="ar"><xsl:value-of select="villageName"/></common:village>
        <common:basin code="{basinNo}"/>
        <common:parcel><xsl:value-of select="parcelNo"/></common:parcel>
      </property:parcel>
      <xsl:if test="normalize-space(registeredOwner)">
        <property:owner>
          <common:name script="Arab" source="REGISTERED">
            <common:fullName><xsl:value-of select="normalize-space(registeredOwner)"/></common:fullName>
          </common:name>
        </property:owner>
      </xsl:if>
      <property:ownerShare numerator="{shareNumerator}" denominator="{shareDenominator}" undivided="{undivided}"/>
      <property:use><xsl:value-of select="($uses(string(use)), 'CODE-' || use)[1]"/></property:use>
      <xsl:sequence select="f:money('property:assessedValue', assessedRent)"/>
      <xsl:for-each select="yearLine">
        <property:line>
          <property:year><xsl:value-of select="year"/></property:year>
          <xsl:sequence select="f:money('property:tax', buildingTax), f:money('property:education', educationTax),
              f:money('property:sewer', sewerFee), f:money('property:penalty', penalty),
              f:money('property:discount', earlyDiscount), f:money('property:paid', paid),
              f:money('property:balance', balance)"/>
        </property:line>
      </xsl:for-each>
      <xsl:sequence select="f:money('property:balance', totalDue), f:clearance(.)"/>
    </property:account>
  </xsl:template>

  <!-- Eligible only when every account says so. -->
  <xsl:function name="f:clearance" as="element()">
    <xsl:param name="accounts" as="element()*"/>
    <property:clearance>
      <property:eligible>
        <xsl:value-of select="exists($accounts) and (every $account in $accounts satisfies $account/clearable = 'Y')"/>
      </property:eligible>
      <xsl:for-each select="$accounts/blocker">
        <property:blocker>
          <property:kind><xsl:value-of select="($blockers(string(.)), 'CODE-' || .)[1]"/></property:kind>
          <property:account><xsl:value-of select="../accountNo"/></property:account>
          <xsl:if test=". = 'DUES'"><xsl:sequence select="f:money('property:amount', ../totalDue)"/></xsl:if>
        </property:blocker>
      </xsl:for-each>
    </property:clearance>
  </xsl:function>

  <xsl:function name="f:amount" as="xs:string">
    <xsl:param name="amount" as="xs:decimal"/>
    <xsl:sequence select="format-number($amount, '0.000')"/>
  </xsl:function>

  <xsl:function name="f:money" as="element()?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="amount" as="element()?"/>
    <xsl:if test="$amount">
      <xsl:element name="{$name}">
        <xsl:attribute name="currency" select="'JOD'"/>
        <xsl:value-of select="f:amount(xs:decimal($amount))"/>
      </xsl:element>
    </xsl:if>
  </xsl:function>
</xsl:stylesheet>
