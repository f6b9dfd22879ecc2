<?xml version="1.0" encoding="UTF-8"?>
<!-- Owned by the drivers and vehicles department: that it has noted a death. -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:j="http://www.w3.org/2005/xpath-functions"
    xmlns:event="urn:wasl:event:1" exclude-result-prefixes="j">
  <xsl:template match="/j:map">
    <event:death>
      <xsl:if test="j:string[@key = 'remark'] = 'SYNTHETIC'">
        <xsl:attribute name="synthetic" select="'true'"/>
      </xsl:if>
      <event:person scheme="JO-NAT"><xsl:value-of select="j:string[@key = 'nid']"/></event:person>
    </event:death>
  </xsl:template>
</xsl:stylesheet>
