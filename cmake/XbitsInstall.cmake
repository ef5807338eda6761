# SPDX-License-Identifier: MIT
# The library, static and shared, from the objects of the core layers, and what `cmake --install`
# puts where: headers, both libraries, the program, xbits.pc and the package for find_package.
include(CMakePackageConfigHelpers)

# Layers that make up the library; the origin and the program stay out of it.
set(core base wire persist convention job sim_engine sim_transfer sim_queue sim backends store_media
  store_library store_filing store_download store_external store)
set(core_objects)
foreach(layer ${core})
  if(TARGET xbits_${layer})
    list(APPEND core_objects $<TARGET_OBJECTS:xbits_${layer}>)
  endif()
endforeach()

function(xbits_library name type)
  add_library(${name} ${type} ${core_objects})
  set_target_properties(${name} PROPERTIES OUTPUT_NAME xbits EXPORT_NAME ${name})
  # Who uses it in this build sees the public headers only, as after an install.
  target_include_directories(${name} INTERFACE
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  if(XBITS_SANITIZE)
    target_link_options(${name} PUBLIC $<BUILD_INTERFACE:-fsanitize=${XBITS_SANITIZE}>)
  endif()
  install(TARGETS ${name} EXPORT xbits
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
endfunction()

xbits_library(xbits_shared SHARED)
set_target_properties(xbits_shared PROPERTIES SOVERSION 0 VERSION ${PROJECT_VERSION})
target_link_libraries(xbits_shared PRIVATE PkgConfig::CURL PkgConfig::SQLITE PkgConfig::INIH ${XBITS_CRYPTO}
  Threads::Threads)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux" AND NOT XBITS_SANITIZE)
  target_link_options(xbits_shared PRIVATE LINKER:-z,defs)
endif()

# Whoever links the static library links what it needs, too.
xbits_library(xbits_static STATIC)
target_compile_definitions(xbits_static INTERFACE XBITS_STATIC)
target_link_libraries(xbits_static PUBLIC PkgConfig::CURL PkgConfig::SQLITE PkgConfig::INIH ${XBITS_CRYPTO}
  Threads::Threads)
if(WIN32)
  target_link_libraries(xbits_shared PRIVATE advapi32 bcrypt crypt32)
  target_link_libraries(xbits_static PUBLIC advapi32 bcrypt crypt32)
  # The import library of the DLL has the plain name.
  set_target_properties(xbits_static PROPERTIES OUTPUT_NAME xbits_static)
endif()

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/xbits DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/THIRD-PARTY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(TARGET xbits)
  install(TARGETS xbits RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()

# xbits.pc finds its prefix from where it lies, so that `cmake --install --prefix` and a moved tree work.
if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
  set(XBITS_PC_PREFIX ${CMAKE_INSTALL_PREFIX})
else()
  file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  string(REGEX REPLACE "/$" "" up "${up}")
  set(XBITS_PC_PREFIX "\${pcfiledir}/${up}")
endif()
set(XBITS_PC_CRYPTO)
if(XBITS_CRYPTO)
  set(XBITS_PC_CRYPTO ", libcrypto >= 1.1.1")
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/xbits.pc.in ${PROJECT_BINARY_DIR}/xbits.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/xbits.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/xbits)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/xbits-config.cmake.in
  ${PROJECT_BINARY_DIR}/xbits-config.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/xbits-config-version.cmake
  VERSION ${PROJECT_VERSION} COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/xbits-config.cmake
  ${PROJECT_BINARY_DIR}/xbits-config-version.cmake DESTINATION ${package_dir})
install(EXPORT xbits NAMESPACE xbits:: FILE xbits-targets.cmake DESTINATION ${package_dir})
