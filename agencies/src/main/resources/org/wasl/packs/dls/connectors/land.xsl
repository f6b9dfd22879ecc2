<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the department of lands and survey: its SOAP replies as land records. Which record is made follows from what
     was asked: a share in hundredths is asked about with a yes-or-no answer only. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="urn:dls:functions" xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:land="urn:wasl:land:1" xmlns:common="urn:wasl:common:1" exclude-result-prefixes="xs f map">

  <xsl:param name="nationalNumber" as="xs:string" select="''"/>
  <xsl:param name="percent" as="xs:string" select="''"/>

  <xsl:template match="/">
    <xsl:choose>
      <xsl:when test="exists(//*:getHoldingsResponse)"><xsl:apply-templates select="//*:getHoldingsResponse"/></xsl:when>
      <xsl:when test="$percent ne ''"><xsl:apply-templates select="//*:getTitleResponse" mode="held"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates select="//*:getTitleResponse"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="*:getTitleResponse">
    <land:title synthetic="true">
      <xsl:sequence select="f:parcel(deed)"/>
      <land:use><xsl:value-of select="deed/landUse"/></land:use>
      <xsl:for-each select="deed/owner">
        <land:owner>
          <xsl:if test="number">
            <common:identifier scheme="JO-NAT" issuingCountry="JO"><xsl:value-of select="number"/></common:identifier>
          </xsl:if>
          <common:name script="Arab" source="REGISTERED">
            <common:fullName><xsl:value-of select="normalize-space(name)"/></common:fullName>
          </common:name>
          <land:share numerator="{numerator}" denominator="{denominator}" undivided="{../undivided}"/>
        </land:owner>
      </xsl:for-each>
      <land:undivided><xsl:value-of select="deed/undivided"/></land:undivided>
      <xsl:for-each select="deed/charge">
        <land:charge>
          <land:kind><xsl:value-of select="(map { 'M': 'MORTGAGE', 'H': 'ATTACHMENT' }(string(kind)), 'NOTE')[1]"/></land:kind>
        </land:charge>
      </xsl:for-each>
    </land:title>
  </xsl:template>

  <xsl:template match="*:getHoldingsResponse">
    <land:holdings synthetic="true">
      <xsl:for-each select="holding">
        <land:holding>
          <xsl:sequence select="f:parcel(.)"/>
          <land:share numerator="{numerator}" denominator="{denominator}" undivided="{undivided}"/>
          <land:charged><xsl:value-of select="charged"/></land:charged>
        </land:holding>
      </xsl:for-each>
      <land:count><xsl:value-of select="count(holding)"/></land:count>
    </land:holdings>
  </xsl:template>

  <!-- Exact: whole numbers only, of any size. A person may stand in a title more than once. -->
  <xsl:template match="*:getTitleResponse" mode="held">
    <xsl:variable name="sum" as="map(*)" select="fold-left(deed/owner[number = $nationalNumber],
        map { 'n': xs:integer(0), 'd': xs:integer(1) },
        function($sum, $owner) {
          map { 'n': $sum?n * xs:integer($owner/denominator) + xs:integer($owner/numerator) * $sum?d,
                'd': $sum?d * xs:integer($owner/denominator) } })"/>
    <land:shareHeld synthetic="true">
      <xsl:sequence select="f:parcel(deed)"/>
      <land:percent><xsl:value-of select="$percent"/></land:percent>
      <land:held>
        <xsl:value-of select="if (100 * $sum?n ge xs:integer($percent) * $sum?d) then 'YES'
            else if (deed/owner[not(number)]) then 'NOT_SHOWN' else 'NO'"/>
      </land:held>
    </land:shareHeld>
  </xsl:template>

  <xsl:function name="f:parcel" as="element()">
    <xsl:param name="deed" as="element()"/>
    <land:parcel>
      <common:directorate code="{$deed/directorate}" lang="ar"><xsl:value-of select="$deed/directorateName"/></common:directorate>
      <common:village code="{$deed/village}"/>
      <common:basin code="{$deed/basin}"/>
      <common:parcel><xsl:value-of select="$deed/parcel"/></common:parcel>
    </land:parcel>
  </xsl:function>
</xsl:stylesheet>
