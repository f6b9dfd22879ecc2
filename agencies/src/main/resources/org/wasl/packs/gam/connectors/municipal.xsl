<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the municipality: its JSON as municipal records. Money comes as whole fils. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:j="http://www.w3.org/2005/xpath-functions"
    xmlns:f="urn:gam:functions" xmlns:municipal="urn:wasl:municipal:1" xmlns:common="urn:wasl:common:1"
    exclude-result-prefixes="xs j f">

  <xsl:variable name="permits" select="map { 'ISSUED': 'ISSUED', 'OPEN': 'NONE', 'REVOKED': 'REVOKED' }"/>
  <xsl:variable name="inspections" select="map { 'OK': 'PASSED', 'VIOLATION': 'FAILED', 'NONE': 'NONE' }"/>

  <xsl:template match="/j:map[j:string[@key = 'plan']]" priority="1">
    <municipal:sitePlan synthetic="true">
      <xsl:sequence select="f:parcel(.)"/>
      <municipal:planNumber><xsl:value-of select="j:string[@key = 'plan']"/></municipal:planNumber>
      <municipal:zone code="{j:string[@key = 'zone']}" lang="ar"><xsl:value-of select="j:string[@key = 'zoneName']"/></municipal:zone>
      <municipal:areaSquareMetres><xsl:value-of select="j:number[@key = 'area']"/></municipal:areaSquareMetres>
      <municipal:setbackMetres><xsl:value-of select="j:number[@key = 'setback']"/></municipal:setbackMetres>
    </municipal:sitePlan>
  </xsl:template>

  <!-- A code that the lists do not know passes through marked, so that validation names the field. -->
  <xsl:template match="/j:map">
    <municipal:building synthetic="true">
      <xsl:sequence select="f:parcel(.)"/>
      <municipal:licence><xsl:value-of select="f:code($permits, j:string[@key = 'licence'])"/></municipal:licence>
      <municipal:occupancy><xsl:value-of select="f:code($permits, j:string[@key = 'occupancy'])"/></municipal:occupancy>
      <municipal:inspection><xsl:value-of select="f:code($inspections, j:string[@key = 'inspection'])"/></municipal:inspection>
      <municipal:dues currency="JOD">
        <xsl:value-of select="format-number(xs:decimal(j:number[@key = 'duesFils']) div 1000, '0.000')"/>
      </municipal:dues>
    </municipal:building>
  </xsl:template>

  <xsl:function name="f:code" as="xs:string">
    <xsl:param name="list" as="map(*)"/>
    <xsl:param name="code" as="xs:string?"/>
    <xsl:sequence select="($list($code), 'CODE-' || $code)[1]"/>
  </xsl:function>

  <xsl:function name="f:parcel" as="element()">
    <xsl:param name="map" as="element()"/>
    <municipal:parcel>
      <common:directorate code="{$map/j:string[@key = 'directorate']}"/>
      <common:village code="{$map/j:string[@key = 'village']}"/>
      <common:basin code="{$map/j:string[@key = 'basin']}"/>
      <common:parcel><xsl:value-of select="$map/j:string[@key = 'parcel']"/></common:parcel>
    </municipal:parcel>
  </xsl:function>
</xsl:stylesheet>
