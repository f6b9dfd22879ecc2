<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the insurers' bureau: of all that its members know, one yes or no. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:j="http://www.w3.org/2005/xpath-functions" xmlns:insurance="urn:wasl:insurance:1"
    xmlns:common="urn:wasl:common:1" exclude-result-prefixes="j">
  <xsl:template match="/j:map">
    <insurance:insured synthetic="true">
      <insurance:plate>
        <common:code><xsl:value-of select="j:string[@key = 'plateCode']"/></common:code>
        <common:number><xsl:value-of select="j:string[@key = 'plateNumber']"/></common:number>
      </insurance:plate>
      <insurance:on><xsl:value-of select="j:string[@key = 'day']"/></insurance:on>
      <insurance:insured><xsl:value-of select="j:boolean[@key = 'insured']"/></insurance:insured>
    </insurance:insured>
  </xsl:template>
</xsl:stylesheet>
