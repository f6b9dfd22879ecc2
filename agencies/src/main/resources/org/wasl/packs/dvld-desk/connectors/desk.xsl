<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the desk: its JSON as appointments. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:j="http://www.w3.org/2005/xpath-functions" xmlns:appointment="urn:wasl:appointment:1"
    exclude-result-prefixes="j">

  <xsl:template match="/j:map[j:number[@key = 'count']]" priority="2">
    <appointment:slots synthetic="true">
      <appointment:count><xsl:value-of select="j:number[@key = 'count']"/></appointment:count>
      <xsl:for-each select="j:array[@key = 'slots']/j:map">
        <appointment:slot>
          <appointment:id><xsl:value-of select="j:string[@key = 'id']"/></appointment:id>
          <appointment:starts><xsl:value-of select="j:string[@key = 'starts']"/></appointment:starts>
          <appointment:minutes><xsl:value-of select="j:number[@key = 'minutes']"/></appointment:minutes>
        </appointment:slot>
      </xsl:for-each>
    </appointment:slots>
  </xsl:template>

  <xsl:template match="/j:map[j:string[@key = 'objection']]" priority="1">
    <appointment:objection synthetic="true">
      <appointment:id><xsl:value-of select="j:string[@key = 'objection']"/></appointment:id>
      <xsl:for-each select="j:string[@key = 'ticket']">
        <appointment:ticket><xsl:value-of select="."/></appointment:ticket>
      </xsl:for-each>
      <appointment:state><xsl:value-of select="j:string[@key = 'state']"/></appointment:state>
    </appointment:objection>
  </xsl:template>

  <xsl:template match="/j:map">
    <appointment:reservation synthetic="true">
      <appointment:id><xsl:value-of select="j:string[@key = 'reservation']"/></appointment:id>
      <xsl:for-each select="j:string[@key = 'slot']">
        <appointment:slot><xsl:value-of select="."/></appointment:slot>
      </xsl:for-each>
      <xsl:for-each select="j:string[@key = 'starts']">
        <appointment:starts><xsl:value-of select="."/></appointment:starts>
      </xsl:for-each>
      <appointment:state><xsl:value-of select="j:string[@key = 'state']"/></appointment:state>
      <xsl:for-each select="j:string[@key = 'expires']">
        <appointment:expires><xsl:value-of select="."/></appointment:expires>
      </xsl:for-each>
    </appointment:reservation>
  </xsl:template>
</xsl:stylesheet>
