//! The ids of this context.

crate::typed_ids! {
    /// A block (栋).
    BlockId,
    /// A unit (单元) of a block.
    UnitId,
    /// A house (户).
    HouseId,
    /// A parking space.
    ParkingSpaceId,
    /// A road, green area, shared place or fixture.
    PlaceId,
    /// A change of the estate's structure.
    StructureChangeId,
    /// The yearly check of an inventory.
    EstateCheckId,
    /// An owner, tenant or user.
    PartyId,
    /// Somebody's time in a house.
    OccupancyId,
    /// The file of a house.
    HouseFileId,
    /// One document in the file of a house.
    HouseFileItemId,
    /// A consultation of a house file.
    ConsultationId,
    /// A run of an import.
    ImportRunId,
}
