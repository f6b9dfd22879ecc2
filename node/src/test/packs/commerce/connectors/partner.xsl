<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:j="http://www.w3.org/2005/xpath-functions" xmlns:commerce="urn:wasl:commerce:1" exclude-result-prefixes="j">
  <xsl:template match="/j:map">
    <commerce:partner>
      <commerce:company><xsl:value-of select="j:string[@key = 'company']"/></commerce:company>
      <commerce:since><xsl:value-of select="j:number[@key = 'since']"/></commerce:since>
    </commerce:partner>
  </xsl:template>
</xsl:stylesheet>
